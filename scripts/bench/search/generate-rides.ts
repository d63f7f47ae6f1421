import {
  addDays,
  DAYS_A_WEEK,
  indianDay as dayIn,
  indianInstant,
  mondayOf,
} from '#packages/calendar/indian-time.ts'
import { rideKeys } from '#packages/corridor/ride-keys.ts'
import { decodePolyline } from '#packages/geo/polyline.ts'
import { METRES_PER_DEGREE, type Position } from '#packages/geo/position.ts'
import type { Town } from '#packages/local-cloud/stand-ins/google-maps/gazetteer.ts'
import type { TimedRide } from '#packages/matching/ride-clock.ts'
import { type PlannedRoute, planRoute } from '#packages/routes/plan-route.ts'
import { indianDay, startOfDay } from '../../seed/choose-departures.ts'
import { chooseStops, tripChooser } from '../../seed/choose-trips.ts'
import { type Random, randomStream } from '../../seed/random.ts'

/**
 * The instant of the data: the next Monday, 09:00 in India, so that the API finds all rides ahead. Data and queries of another
 * week are the same, whole weeks apart.
 */
export const NOW = nextMonday(Date.now())
/** Active rides depart within so many days. */
const DAYS = 14
/** Departures are between these hours of India. */
const [FIRST_HOUR, LAST_HOUR] = [5, 22] as const
const SEED = 4
/** People start anywhere in a town: this far from its middle, by its people, at most the second. */
const METRES_PER_ROOT_PERSON = 4
const MOST_SCATTER_METRES = 9_000

export interface BenchRide {
  number: number
  plan: PlannedRoute
  ride: TimedRide
  keys: number[]
}

/** A stream of rides that are the same for the same number: gravity-model trips between real towns, by towns on the way. */
export function rideGenerator(): (number: number) => BenchRide {
  const chooseTrip = tripChooser()
  const ways = new Map<string, Town[]>()
  return (number) => {
    const random = randomStream(SEED, 'route', number)
    const [from, to] = chooseTrip(random)
    const name = `${from.placeId} ${to.placeId}`
    // Of its own stream, so that a ride is the same whether or not its way was known.
    const way = ways.get(name) ?? chooseStops([from, to], ofWay(from, to))
    ways.set(name, way)
    const plan = planRoute(way.map((town) => ({ name: town.name, position: scatter(town, random) })))
    const ride = {
      path: {
        points: decodePolyline(plan.polyline),
        metres: plan.vertexMetres,
        seconds: plan.vertexSeconds,
      },
      stopVertices: plan.stops.map((stop) => stop.vertex),
      departsAt: departure(random),
    }
    return { number, plan, ride, keys: rideKeys(ride) }
  }
}

function nextMonday(now: number): number {
  const monday = mondayOf(dayIn(now))
  const instant = indianInstant(monday, '09:00')
  return instant > now ? instant : indianInstant(addDays(monday, DAYS_A_WEEK), '09:00')
}

const ofWay = (from: Town, to: Town) =>
  randomStream(SEED, 'there', Math.round((from.position.lat + 100 * to.position.lng) * 1e4))

function scatter({ position: { lat, lng }, population }: Town, random: Random): Position {
  const most = Math.min(MOST_SCATTER_METRES, METRES_PER_ROOT_PERSON * Math.sqrt(population))
  const degrees = (Math.sqrt(random.fraction()) * most) / METRES_PER_DEGREE
  const bearing = random.fraction() * 2 * Math.PI
  return {
    lat: lat + degrees * Math.cos(bearing),
    lng: lng + (degrees * Math.sin(bearing)) / Math.cos((lat * Math.PI) / 180),
  }
}

/** Any minute of the day's hours, after NOW. */
function departure(random: Random): number {
  const day = startOfDay(indianDay(NOW) + random.whole(1, DAYS))
  return day + random.whole(FIRST_HOUR * 60, LAST_HOUR * 60) * 60_000
}
