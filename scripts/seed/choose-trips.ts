import { elementAt } from '#packages/geo/element-at.ts'
import { firstAbove } from '#packages/geo/locate.ts'
import { distanceMetres } from '#packages/geo/position.ts'
import { type Town, towns } from '#packages/local-cloud/stand-ins/google-maps/gazetteer.ts'
import type { Random } from './random.ts'

/** People share rides between towns of this size; smaller ones are stops on the way. */
const MIN_END_POPULATION = 50_000
const MIN_STOP_POPULATION = 20_000
/** Straight metres between the ends: nearer is a city bus, farther is a train. */
const MIN_TRIP_METRES = 40_000
const MAX_TRIP_METRES = 450_000
export const MAX_STOPS = 6
/** Stops are at least this far apart, as straight metres. */
const MIN_SPACING_METRES = 12_000
/** A town is on the way when going through it lengthens the trip by no more than this. */
const MAX_DETOUR = 1.04

type Trip = readonly [from: Town, to: Town]

/**
 * Chooses trips by the gravity model: as likely as population × population ÷ distance², so that big near towns are
 * common. (G. K. Zipf, "The P1 P2 / D Hypothesis: On the Intercity Movement of Persons", American Sociological Review
 * 11, 1946; the exponent 2 for distance is the usual one for journeys by road.)
 */
export function tripChooser(): (random: Random) => Trip {
  const ends = towns.filter((town) => town.population >= MIN_END_POPULATION)
  const trips: Trip[] = []
  const cumulative: number[] = []
  let total = 0
  for (const [index, from] of ends.entries()) {
    for (const to of ends.slice(index + 1)) {
      const metres = distanceMetres(from.position, to.position)
      if (metres < MIN_TRIP_METRES || metres > MAX_TRIP_METRES) continue
      total += (from.population * to.population) / metres ** 2
      trips.push([from, to])
      cumulative.push(total)
    }
  }
  return (random) => {
    const [from, to] = elementAt(trips, firstAbove(cumulative, random.fraction() * total))
    return random.fraction() < 0.5 ? [from, to] : [to, from]
  }
}

const through = towns.filter((town) => town.population >= MIN_STOP_POPULATION)

/** The ends and up to four towns on the way, the larger ones first to be chosen, in the order of the way. */
export function chooseStops([from, to]: Trip, random: Random): Town[] {
  const wanted = random.whole(2, MAX_STOPS)
  const straight = distanceMetres(from.position, to.position)
  const stops = [from, to]
  for (const town of through) {
    if (stops.length === wanted) break
    const [before, after] = [from, to].map((end) => distanceMetres(end.position, town.position))
    if (before === undefined || after === undefined || before + after > straight * MAX_DETOUR) continue
    if (stops.every((stop) => distanceMetres(stop.position, town.position) >= MIN_SPACING_METRES))
      stops.push(town)
  }
  const way = stops.slice(2).map((town) => ({ town, metres: distanceMetres(from.position, town.position) }))
  return [from, ...way.toSorted((a, b) => a.metres - b.metres).map(({ town }) => town), to]
}
