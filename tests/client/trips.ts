import { inject } from 'vitest'
import { z } from 'zod'
import { metresOf, nearestOnPath, pointAt } from '#packages/geo/locate.ts'
import { decodePolyline } from '#packages/geo/polyline.ts'
import { distanceMetres } from '#packages/geo/position.ts'
import { type ApiReply, call, expectBody } from './api.ts'
import { readyToDrive } from './documents.ts'
import { type Person, signInDriver } from './people.ts'

const Vehicle = z.object({ id: z.string(), plate: z.string() })
const Route = z.object({ id: z.string(), rides: z.array(z.object({ id: z.string(), departsAt: z.string() })) })
const Position = z.object({ lat: z.number(), lng: z.number() })
export type Position = z.infer<typeof Position>

/** A published ride with who drives it. */
export interface Trip {
  driver: Person
  vehicleId: string
  routeId: string
  rideId: string
  stops: Position[]
  departsAt: string
}

export interface TripOptions {
  driver?: Person
  vehicleId?: string
  stopCount?: number
  stops?: Position[]
  seats?: number
  bookingMode?: 'instant' | 'approval'
  departsAt?: string
  amount?: number
}

const DEGREES_PER_STOP = 0.3
/** Half an hour from now a ride may be booked and started. */
const DEFAULT_NOTICE_MS = 30 * 60_000

export const inMinutes = (minutes: number): string => new Date(Date.now() + minutes * 60_000).toISOString()

/**
 * Where trips go: rows of latitude and, in each of them, places one after the other, too far from each other for anybody to walk
 * or be driven over (packages/matching). The first one is no round number.
 */
const FIRST = { lat: -27.99653, lng: -149.99387 }
const ROWS = 112
const COLUMNS = 124
const DEGREES_PER_ROW = 0.5
const DEGREES_PER_COLUMN = 2.4
/** More than there are files of tests: each has a worker, with a number, of its own. */
const FILES = 128
let corridors = 0

/** Stops some 30 km apart on a line that goes east and that no other trip of this run is near. */
export function newCorridor(stopCount = 4): Position[] {
  const file = Number(process.env['VITEST_WORKER_ID'])
  const place = (inject('firstCorridor') + file + FILES * corridors++) % (ROWS * COLUMNS)
  const lat = FIRST.lat + (place % ROWS) * DEGREES_PER_ROW
  const west = FIRST.lng + Math.floor(place / ROWS) * DEGREES_PER_COLUMN
  return Array.from({ length: stopCount }, (_, n) => ({
    lat: Number(lat.toFixed(5)),
    lng: Number((west + n * DEGREES_PER_STOP).toFixed(5)),
  }))
}

const letter = () => String.fromCharCode(65 + Math.floor(Math.random() * 26))
/** A number plate that is very likely nobody's. */
export const newPlate = (): string =>
  `KA${10 + Math.floor(Math.random() * 90)}${letter()}${letter()}${1000 + Math.floor(Math.random() * 9000)}`

export const newVehicle = (more: object = {}) => ({
  ...{ make: 'Maruti Suzuki', model: 'Dzire', year: 2022, colour: 'White', fuel: 'cng', seats: 4 },
  ...{ plate: newPlate(), ...more },
})

/** Registers a vehicle without any of its papers. */
export async function addVehicle(driver: Person, more: object = {}): Promise<{ id: string; plate: string }> {
  const reply = await call('POST', '/api/v1/driver/vehicles', { token: driver.token, body: newVehicle(more) })
  return expectBody(reply, 201, Vehicle)
}

/** Registers a vehicle and has its papers and those of its driver found valid: routes can be published with it. */
export async function registerVehicle(driver: Person, more: object = {}): Promise<string> {
  const vehicle = await addVehicle(driver, more)
  await readyToDrive(driver, vehicle)
  return vehicle.id
}

export const newRoute = (vehicleId: string, more: TripOptions = {}) => ({
  vehicleId,
  stops: (more.stops ?? newCorridor(more.stopCount)).map((position, n) => ({ name: `Stop ${n}`, position })),
  departsAt: more.departsAt ?? new Date(Date.now() + DEFAULT_NOTICE_MS).toISOString(),
  seats: more.seats ?? 3,
  pricePerSeat: { amount: more.amount ?? 10_000, currency: 'INR' },
  bookingMode: more.bookingMode ?? 'instant',
})

export function publish(driver: Person, route: object): Promise<ApiReply> {
  return call('POST', '/api/v1/routes', { token: driver.token, body: route })
}

/** A new driver's ride, unless somebody else is named: four stops, three seats, booked at once, in half an hour. */
export async function publishTrip(options: TripOptions = {}): Promise<Trip> {
  const driver = options.driver ?? (await signInDriver())
  const vehicleId = options.vehicleId ?? (await registerVehicle(driver))
  const route = newRoute(vehicleId, options)
  const { id: routeId, rides } = expectBody(await publish(driver, route), 201, Route)
  const [ride] = rides
  if (!ride) throw new Error('The route came without its ride')
  const stops = route.stops.map((stop) => stop.position)
  return { driver, vehicleId, routeId, rideId: ride.id, stops, departsAt: ride.departsAt }
}

const Way = z.object({ path: z.string() })
/** The middle of the road from each stop to the next. */
export async function middlesOf({ driver, routeId, stops }: Trip): Promise<Position[]> {
  const reply = await call('GET', `/api/v1/routes/${routeId}`, { token: driver.token })
  const points = decodePolyline(expectBody(reply, 200, Way).path)
  const metres = [0]
  for (const [n, point] of points.slice(1).entries())
    metres.push((metres[n] ?? 0) + distanceMetres(points[n] ?? point, point))
  const path = { points, metres, seconds: metres }
  const ends = stops.map((stop) => metresOf(path, nearestOnPath(path, stop)))
  return ends.slice(1).map((end, n) => pointAt(path, ((ends[n] ?? 0) + end) / 2))
}

/** Performs `start`, `complete` or `cancel` on a ride as its driver. */
export function moveRide(trip: Trip, action: 'start' | 'complete' | 'cancel'): Promise<ApiReply> {
  return call('POST', `/api/v1/rides/${trip.rideId}/${action}`, { token: trip.driver.token })
}

const Ride = z.object({ legs: z.array(z.object({ taken: z.number() })) })
/** How many seats are taken on each leg. */
export async function seatsTaken({ driver, rideId }: Trip): Promise<number[]> {
  const reply = await call('GET', `/api/v1/rides/${rideId}`, { token: driver.token })
  return expectBody(reply, 200, Ride).legs.map((leg) => leg.taken)
}
