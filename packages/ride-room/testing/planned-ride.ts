import { encodePolyline } from '#packages/geo/polyline.ts'
import { EARTH_RADIUS_METRES, type Position } from '#packages/geo/position.ts'
import type { PlanRow } from '../ride-plan.ts'
import { uuid } from './ride-fixture.ts'

const LAT = 12.97
const WEST = 77.5
/** Degrees of longitude that are a metre there. */
const DEGREE = 180 / (Math.PI * EARTH_RADIUS_METRES * Math.cos((LAT * Math.PI) / 180))
const SPEED = 10

/** The place so many metres along a straight road to the east, and so many off it. */
export function onRoad(metres: number, off = 0): Position {
  return { lat: LAT + (off * 180) / (Math.PI * EARTH_RADIUS_METRES), lng: WEST + metres * DEGREE }
}

/** Passenger 1 rides from the first to the last of three stops, 10 km apart, passenger 2 from the second on; 10 m/s. */
export function plannedRide(more: Partial<PlanRow> = {}): PlanRow {
  const metres = Array.from({ length: 21 }, (_, i) => i * 1000)
  const booking = (n: number, legFrom: number, from: number, to: number) => ({
    ...{ bookingId: uuid(200 + n), passengerId: uuid(100 + n), boarded: false, legFrom, legTo: 2 },
    ...{ pickup: onRoad(from), dropoff: onRoad(to) },
  })
  return {
    departsAt: Date.UTC(2026, 10, 22, 6),
    polyline: encodePolyline(metres.map((each) => onRoad(each))),
    vertexMetres: metres,
    vertexSeconds: metres.map((each) => each / SPEED),
    stops: [0, 10, 20].map((vertex) => ({ ...onRoad(vertex * 1000), vertex })),
    bookings: [booking(1, 0, 3000, 20_000), booking(2, 1, 10_000, 17_000)],
    ...more,
  }
}
