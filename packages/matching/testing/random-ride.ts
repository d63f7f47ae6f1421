import * as fc from 'fast-check'
import { elementAt } from '#packages/geo/element-at.ts'
import { pointAt } from '#packages/geo/locate.ts'
import { greatCirclePath } from '#packages/geo/path.ts'
import { distanceMetres, METRES_PER_DEGREE, type Position } from '#packages/geo/position.ts'
import type { MatchQuery } from '../match-ride.ts'
import type { TimedRide } from '../ride-clock.ts'

export const departsAt = Date.UTC(2026, 10, 22, 6)
export const wholeDay = { earliest: departsAt - 86_400_000, latest: departsAt + 86_400_000 }

/** Whole numbers, because random doubles crowd around zero. */
const bearing = fc.nat(359).map((degrees) => (degrees * Math.PI) / 180)
export const metresUpTo = (max: number) => fc.nat(max)
export const share = fc.nat(10_000).map((part) => part / 10_000)

/** Routes in India: wandering, closed to a loop, there and back, or two laps. */
const randomRide: fc.Arbitrary<TimedRide> = fc
  .record({
    origin: fc.record({
      lat: fc.integer({ min: 8, max: 34 }),
      lng: fc.integer({ min: 70, max: 95 }),
    }),
    hops: fc.array(fc.record({ bearing, metres: fc.oneof(metresUpTo(3_000), metresUpTo(15_000)) }), {
      minLength: 1,
      maxLength: 9,
    }),
    shape: fc.constantFrom('line', 'loop', 'back', 'laps'),
    maxSegmentMetres: fc.constantFrom(250, 1_000, 8_000),
    roadFactor: fc.constantFrom(1, 1.3),
    stopDwellSeconds: fc.constantFrom(0, 60, 600),
  })
  .map(({ origin, hops, shape, stopDwellSeconds, ...options }) => {
    const out = [origin]
    for (const hop of hops) out.push(moved(elementAt(out, out.length - 1), hop.bearing, hop.metres + 20))
    const stops = {
      line: out,
      loop: [...out, origin],
      back: [...out, ...out.toReversed().slice(1)],
      laps: [...out, ...out],
    }[shape]
    const distinct = stops.filter((stop, k) => k === 0 || distanceMetres(stop, elementAt(stops, k - 1)) > 10)
    const { path, stopVertices } = greatCirclePath(distinct, { speedMetresPerSecond: 12, ...options })
    return { path, stopVertices, departsAt, stopDwellSeconds }
  })

/** Passengers near the path, some of them out of reach, some in a hurry. */
export const rideAndQuery: fc.Arbitrary<{ ride: TimedRide; query: MatchQuery }> = fc
  .record({
    ride: randomRide,
    from: share,
    to: share,
    aside: fc.record({
      a: bearing,
      b: bearing,
      near: share,
      far: share,
      reach: fc.constantFrom(100, 2_500, 20_000),
    }),
    radiusMetres: fc.option(fc.constantFrom(300, 1_000, 5_000, 25_000), { nil: undefined }),
    window: fc.option(fc.tuple(share, share), { nil: undefined }),
  })
  .map(({ ride, from, to, aside, radiusMetres, window }) => {
    const total = elementAt(ride.path.metres, ride.path.metres.length - 1)
    const lasts = 1000 * (elementAt(ride.path.seconds, ride.path.seconds.length - 1) + 600)
    const [a, b] = window ?? [0, 0]
    const times = {
      earliest: Math.round(departsAt + Math.min(a, b) * lasts),
      latest: Math.round(departsAt + Math.max(a, b) * lasts),
    }
    const query = {
      pickup: moved(pointAt(ride.path, from * total), aside.a, aside.near * aside.reach),
      dropoff: moved(pointAt(ride.path, to * total), aside.b, aside.far * aside.reach),
      ...(window ? times : wholeDay),
    }
    return { ride, query: radiusMetres === undefined ? query : { ...query, radiusMetres } }
  })

function moved({ lat, lng }: Position, heading: number, metres: number): Position {
  const north = (metres * Math.cos(heading)) / METRES_PER_DEGREE
  const east = (metres * Math.sin(heading)) / METRES_PER_DEGREE / Math.cos((lat * Math.PI) / 180)
  return { lat: lat + north, lng: lng + east }
}
