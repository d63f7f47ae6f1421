import type { bookings } from '#db/schema/index.ts'
import { ANSWER_MS, answerDeadline } from '#packages/booking/answer-deadline.ts'
import { seatsLeft } from '#packages/booking/occupancy.ts'
import { segmentFare } from '#packages/fares/segment-fare.ts'
import { elementAt } from '#packages/geo/element-at.ts'
import { decodePolyline } from '#packages/geo/polyline.ts'
import type { Position } from '#packages/geo/position.ts'
import { matchRide } from '#packages/matching/match-ride.ts'
import { DAY_MS } from './choose-departures.ts'
import type { Ride, RideLeg } from './make-rides.ts'
import type { SeedRoute } from './make-routes.ts'
import { type Random, randomId } from './random.ts'

export type Booking = typeof bookings.$inferInsert

/** Somebody who often goes with the same driver, from door to door. */
export interface Regular {
  userId: string
  home: Position
  away: Position
}

/** How often a regular comes along, and what becomes of a booking. The rest is confirmed. */
const COMES_ALONG = 0.35
const CANCELLED = 0.08
/** Of the bookings that need an answer. */
const PENDING = 0.15
/** A driver's answer to a pending one is still due: it is at most so old. */
const OLDEST_PENDING_MS = ANSWER_MS / 2

/** Doors are within about a kilometre of a stop. */
const DOOR_DEGREES = 0.008

/** A regular's two doors: near two stops of the route there, the nearer one first. */
export function makeRegular(userId: string, { stops }: SeedRoute, random: Random): Regular {
  const from = random.whole(0, stops.length - 2)
  const to = random.whole(from + 1, stops.length - 1)
  const offset = () => (2 * random.fraction() - 1) * DOOR_DEGREES
  const nearStop = (index: number): Position => {
    const { lat, lng } = elementAt(stops, index)
    return { lat: lat + offset(), lng: lng + offset() }
  }
  return { userId, home: nearStop(from), away: nearStop(to) }
}

/** What the ride's regulars book, as search and quote would have it, and takes their seats off the legs. */
export function makeBookings(
  { route, plan }: SeedRoute,
  { ride, legs }: { ride: Ride; legs: RideLeg[] },
  riders: readonly { userId: string; pickup: Position; dropoff: Position }[],
  now: number,
  random: Random,
): Booking[] {
  const path = {
    points: decodePolyline(route.polyline),
    metres: plan.vertexMetres,
    seconds: plan.vertexSeconds,
  }
  const wholeMetres = elementAt(path.metres, path.metres.length - 1)
  const departsAt = ride.departsAt.getTime()
  const timed = { path, stopVertices: plan.stops.map((stop) => stop.vertex), departsAt }
  const window = { earliest: departsAt, latest: ride.arrivesAt.getTime() }

  return riders.flatMap(({ userId, pickup, dropoff }): Booking[] => {
    // Every rider draws the same number of times, so that one decision does not change those after it.
    const draws = { comes: random.fraction(), fate: random.fraction(), age: random.fraction() }
    const seats = random.whole(1, 4) === 1 ? 2 : 1
    const ids = {
      id: randomId(random, ride.createdAt.getTime()),
      quoteId: randomId(random, ride.createdAt.getTime()),
    }
    if (draws.comes >= COMES_ALONG) return []
    const match = matchRide(timed, { pickup, dropoff, ...window })
    if (!match || seatsLeft(legs, match.legFrom, match.legTo) < seats) return []

    const waits = route.bookingMode === 'approval' && draws.fate >= 1 - PENDING
    const state = draws.fate < CANCELLED ? 'cancelled' : waits ? 'pending' : 'confirmed'
    if (state !== 'cancelled') for (const leg of legs.slice(match.legFrom, match.legTo)) leg.taken += seats
    // A pending booking is from just now, for the driver's time to answer is short; others are of the first day.
    const createdAt = waits
      ? now - draws.age * OLDEST_PENDING_MS
      : ride.createdAt.getTime() + draws.age * DAY_MS
    const at = new Date(createdAt)
    return [
      {
        ...ids,
        rideId: ride.id,
        passengerId: userId,
        seats,
        legFrom: match.legFrom,
        legTo: match.legTo,
        state,
        pickupLat: match.pickup.point.lat,
        pickupLng: match.pickup.point.lng,
        dropoffLat: match.dropoff.point.lat,
        dropoffLng: match.dropoff.point.lng,
        pickupAt: new Date(match.pickup.at),
        dropoffAt: new Date(match.dropoff.at),
        fareAmount: segmentFare(route.pricePerSeat, match.sharedMetres, wholeMetres, seats),
        currency: 'INR',
        expiresAt: waits ? new Date(answerDeadline(createdAt, departsAt)) : null,
        createdAt: at,
        updatedAt: at,
        cancelledBy: state === 'cancelled' ? ('passenger' as const) : null,
      },
    ]
  })
}
