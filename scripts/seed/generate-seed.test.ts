import { expect, test } from 'vitest'
import { activeStates } from '#packages/booking/states.ts'
import { missingOf, standing } from '#packages/documents/standing.ts'
import { highestPrice } from '#packages/fares/highest-price.ts'
import { distanceMetres } from '#packages/geo/position.ts'
import { towns } from '#packages/local-cloud/stand-ins/google-maps/gazetteer.ts'
import { readPhone } from '#workers/auth/read-phone.ts'
import { Plate } from '#workers/vehicles/contract.ts'
import { generateSeed } from './generate-seed.ts'

const HOUR = 3600_000
/** A Friday, 10:00 in India. */
const now = Date.UTC(2026, 10, 20, 4, 30)
const data = generateSeed(1, now)

const active: readonly string[] = activeStates
const byId = <Row extends { id: string }>(rows: readonly Row[]) => new Map(rows.map((row) => [row.id, row]))
const routes = byId(data.routes)
const rides = byId(data.rides)
const stopsOf = Map.groupBy(data.routeStops, (stop) => stop.routeId)

test('the same seed and instant give the same rows, another seed others', () => {
  expect(generateSeed(1, now)).toEqual(data)
  expect(generateSeed(2, now).users[0]?.id).not.toBe(data.users[0]?.id)
})

test('a few hundred drivers, and rides on each of fourteen days', () => {
  expect(data.drivers).toHaveLength(300)
  expect(data.vehicles).toHaveLength(300)
  expect(data.routes).toHaveLength(600)
  expect(data.users).toHaveLength(1_200)
  const days = new Set(
    data.rides.map((ride) => Math.floor((ride.departsAt.getTime() + 5.5 * HOUR) / (24 * HOUR))),
  )
  expect(days.size).toBe(14)
  for (const ride of data.rides) expect(ride.departsAt.getTime()).toBeGreaterThanOrEqual(now + HOUR)
  expect(new Set(data.bookings.map((booking) => booking.state))).toEqual(
    new Set(['pending', 'confirmed', 'cancelled']),
  )
})

test('later on the day nothing is new, and tomorrow only the rides of one more day are', () => {
  const bookings = byId(data.bookings)
  const evening = generateSeed(1, now + 9 * HOUR)
  expect(evening.rides.every((ride) => rides.has(ride.id))).toBe(true)
  expect(evening.bookings.every((booking) => bookings.has(booking.id))).toBe(true)

  const tomorrow = generateSeed(1, now + 24 * HOUR)
  const added = tomorrow.rides.filter((ride) => !rides.has(ride.id))
  expect(added.length).toBeGreaterThan(0)
  const lastDay = Math.max(...data.rides.map((ride) => ride.departsAt.getTime()))
  for (const ride of added) expect(ride.departsAt.getTime()).toBeGreaterThan(lastDay)
  for (const table of ['users', 'drivers', 'vehicles', 'documents', 'routes', 'routeStops'] as const)
    expect(tomorrow[table]).toEqual(data[table])
})

test('what must be unique is', () => {
  const lists = {
    ids: [
      ...data.users,
      ...data.vehicles,
      ...data.documents,
      ...data.routes,
      ...data.rides,
      ...data.bookings,
    ].map((row) => row.id),
    phones: data.users.map((user) => user.phone),
    plates: data.vehicles.map((vehicle) => vehicle.plate),
    quotes: data.bookings.map((booking) => booking.quoteId),
    active: data.bookings
      .filter((each) => active.includes(each.state))
      .map((each) => `${each.rideId} ${each.passengerId}`),
  }
  for (const [name, list] of Object.entries(lists))
    expect([name, new Set(list).size]).toEqual([name, list.length])
})

test('people can sign in, and their cars could have been registered', () => {
  for (const { phone } of data.users) expect(readPhone(phone ?? '', ['IN'])).toBe(phone)
  for (const { plate } of data.vehicles) expect(Plate.parse(plate)).toBe(plate)
})

test('drivers have every paper that may be asked for as mandatory, good for years', () => {
  const rule = { region: 'IN', vehicleKind: '*', mandatory: true, expires: true, numbered: true }
  const rules = (['driving_licence', 'registration', 'insurance'] as const).map((kind) => ({ ...rule, kind }))
  const papersOf = Map.groupBy(data.documents, (document) => document.driverId)
  for (const { id, driverId, plate } of data.vehicles) {
    const papers = (papersOf.get(driverId) ?? []).map((each) => ({
      ...each,
      vehicleId: each.vehicleId ?? null,
      expiresOn: each.expiresOn ?? null,
    }))
    expect(missingOf(standing(rules, { id, plate, kind: 'sedan' }, papers, '2031-12-31'))).toEqual([])
  }
})

test('routes stop in two to six real towns and cost no more than is allowed', () => {
  const names = new Set(towns.map((town) => town.name))
  const vehicles = byId(data.vehicles)
  for (const route of data.routes) {
    const stops = stopsOf.get(route.id) ?? []
    expect(stops.length).toBeGreaterThanOrEqual(2)
    expect(stops.length).toBeLessThanOrEqual(6)
    for (const stop of stops) expect(names).toContain(stop.name)
    expect(stops.map((stop) => stop.vertex).toSorted((a, b) => a - b)).toEqual(stops.map((stop) => stop.vertex))
    expect(stops.at(-1)?.vertex).toBe(route.vertexMetres.length - 1)
    expect(route.seats).toBeLessThanOrEqual(vehicles.get(route.vehicleId)?.seats ?? 0)
    // Two metres for the rounding of the stored length.
    expect(route.pricePerSeat).toBeLessThanOrEqual(
      highestPrice((route.vertexMetres.at(-1) ?? 0) + 2, route.seats),
    )
  }
  expect(new Set([...stopsOf.values()].map((stops) => stops.length))).toEqual(new Set([2, 3, 4, 5, 6]))
})

test('big near towns are common', () => {
  const largest = new Set(towns.slice(0, 100).map((town) => town.name))
  const ends = [...stopsOf.values()].map((stops) => [stops[0], stops.at(-1)] as const)
  const bothLarge = ends.filter((pair) => pair.every((end) => end && largest.has(end.name)))
  // Of pairs drawn evenly from the 889 towns about one in eighty would be so.
  expect(bothLarge.length / ends.length).toBeGreaterThan(0.15)
  const lengths = ends
    .map(([from, to]) => (from && to ? distanceMetres(from, to) : 0))
    .toSorted((a, b) => a - b)
  expect(lengths[lengths.length / 2]).toBeLessThan(150_000)
})

test('no driver is in two rides at once', () => {
  for (const [, own] of Map.groupBy(data.rides, (ride) => ride.driverId)) {
    const inTime = own.toSorted((a, b) => a.departsAt.getTime() - b.departsAt.getTime())
    for (const [index, ride] of inTime.entries()) {
      const before = inTime[index - 1]
      if (before) expect(before.arrivesAt.getTime()).toBeLessThan(ride.departsAt.getTime())
    }
  }
})

test('the seats taken on a leg are those of the active bookings, and no more than there are', () => {
  const holding = Map.groupBy(
    data.bookings.filter((booking) => active.includes(booking.state)),
    (booking) => booking.rideId,
  )
  for (const [rideId, legs] of Map.groupBy(data.rideLegs, (leg) => leg.rideId)) {
    const route = routes.get(rides.get(rideId)?.routeId ?? '')
    expect(legs).toHaveLength((stopsOf.get(route?.id ?? '')?.length ?? 0) - 1)
    for (const { leg, taken, capacity } of legs) {
      const over = (holding.get(rideId) ?? []).filter((each) => each.legFrom <= leg && leg < each.legTo)
      expect(taken).toBe(over.reduce((sum, booking) => sum + booking.seats, 0))
      expect(taken).toBeLessThanOrEqual(capacity)
      expect(capacity).toBe(route?.seats)
    }
  }
  expect(data.rideLegs.some((leg) => leg.taken === leg.capacity)).toBe(true)
})

test('bookings are in time, paid for, and unanswered only where an answer is due', () => {
  for (const booking of data.bookings) {
    const ride = rides.get(booking.rideId)
    const route = routes.get(ride?.routeId ?? '')
    if (!ride || !route) throw new Error(`booking ${booking.id} has no ride`)
    expect(booking.pickupAt.getTime()).toBeGreaterThanOrEqual(ride.departsAt.getTime())
    expect(booking.dropoffAt.getTime()).toBeGreaterThan(booking.pickupAt.getTime())
    expect(booking.dropoffAt.getTime()).toBeLessThanOrEqual(ride.arrivesAt.getTime() + 1_000)
    expect(booking.createdAt.getTime()).toBeLessThanOrEqual(now)
    expect(booking.fareAmount).toBeGreaterThan(0)
    expect(booking.fareAmount).toBeLessThanOrEqual(route.pricePerSeat * booking.seats)
    expect(booking.cancelledBy).toBe(booking.state === 'cancelled' ? 'passenger' : null)
    if (booking.state !== 'pending') continue
    expect(route.bookingMode).toBe('approval')
    expect(booking.expiresAt?.getTime()).toBeGreaterThan(now)
    expect(booking.expiresAt?.getTime()).toBeLessThanOrEqual(ride.departsAt.getTime())
  }
})
