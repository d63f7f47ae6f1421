import { expect, test } from 'vitest'
import { type ApiReply, call } from './client/api.ts'
import { quoteFor, sendQuote } from './client/bookings.ts'
import { signInMany } from './client/people.ts'
import {
  changeRide,
  changeRoute,
  deleteRoute,
  everyDay,
  newCrew,
  publishWeekly,
  readRoute,
  weeklyRoute,
} from './client/routes.ts'
import { inMinutes, newRoute, publish, publishTrip, seatsTaken, type Trip } from './client/trips.ts'

const ROUNDS = 4
const codesOf = (replies: ApiReply[]) =>
  replies.filter(({ status }) => status >= 400).map(({ body }) => Object(body).code)

/** Some people bring their quotes while the driver does something, in the same moment; the driver's reply comes first. */
async function against(
  trip: Trip,
  act: () => Promise<ApiReply>,
  people = 3,
): Promise<[ApiReply, ...ApiReply[]]> {
  const passengers = await signInMany(people)
  const quotes = await Promise.all(passengers.map((person) => quoteFor(trip, person)))
  const acted = act()
  const booked = Promise.all(passengers.map((person, n) => sendQuote(person, quotes[n] ?? '')))
  return [await acted, ...(await booked)]
}

test('a route that is taken back while it is booked is either taken back or booked', async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const trip = await publishTrip()
    const [taken, ...booked] = await against(trip, () => deleteRoute(trip.driver, trip.routeId))
    const successes = booked.filter(({ status }) => status === 201).length
    expect(taken.status).toBe(successes > 0 ? 409 : 204)
    for (const code of codesOf(booked)) expect(code).toBe('ride_departed')
    const taking = await seatsTaken(trip)
    expect(taking).toEqual([successes, successes, successes])
  }
})

test('seats that are lowered while they are booked are never fewer than those that are sold', async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const trip = await publishTrip({ seats: 3 })
    const [lowered, ...booked] = await against(trip, () => changeRoute(trip.driver, trip.routeId, { seats: 1 }))
    const successes = booked.filter(({ status }) => status === 201).length
    expect(lowered.status).toBe(successes > 1 ? 409 : 200)
    for (const code of codesOf(booked)) expect(['ride_full', 'quote_outdated']).toContain(code)
    const ride = await call('GET', `/api/v1/rides/${trip.rideId}`, { token: trip.driver.token })
    const capacity = lowered.status === 200 ? 1 : 3
    expect(Object(ride.body).legs[0]).toEqual({ capacity, taken: successes })
  }
})

test('a ride that moves while it is booked takes who has booked along, and refuses the others', async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const trip = await publishTrip({ departsAt: inMinutes(600) })
    const departsAt = inMinutes(720)
    const [moved, ...booked] = await against(trip, () => changeRide(trip.driver, trip.rideId, { departsAt }))
    expect(moved.status).toBe(200)
    for (const code of codesOf(booked)) expect(code).toBe('quote_outdated')
    const list = await call('GET', `/api/v1/bookings?as=driver&rideId=${trip.rideId}`, {
      token: trip.driver.token,
    })
    for (const { pickup } of Object(list.body).items) expect(pickup.at).toBe(departsAt)
    expect(Object(list.body).items).toHaveLength(booked.filter(({ status }) => status === 201).length)
  }
})

test('two changes of one route at once do not mix', async () => {
  const { driver, route } = await publishWeekly()
  const replies = await Promise.all(
    ['09:00', '10:00', '11:00'].map((departs) =>
      changeRoute(driver, route.id, { schedule: everyDay({ departs }) }),
    ),
  )
  for (const code of codesOf(replies)) expect(code).toBe('concurrent_change')
  const { rides } = await readRoute(driver, route.id)
  expect(new Set(rides.map(({ departsAt }) => departsAt.slice(11))).size).toBe(1)
  expect(rides).toHaveLength(28)
})

test('routes of one driver that are published at once share the days between them, and none waits for ever', async () => {
  const { driver, vehicleId } = await newCrew()
  const weekly = weeklyRoute(vehicleId, everyDay())
  const single = newRoute(vehicleId, { departsAt: inMinutes(3 * 24 * 60) })
  const replies = await Promise.all(
    [weekly, weekly, single, single, weekly].map((route) => publish(driver, route)),
  )
  const made = replies.flatMap(({ status, body }) => (status === 201 ? Object(body).rides : []))
  for (const code of codesOf(replies)) expect(code).toBe('ride_overlap')
  expect(replies.filter(({ status }) => status === 201).length).toBeGreaterThanOrEqual(3)
  const days = made.map(({ scheduleDay }) => scheduleDay).filter((day) => day !== null)
  expect(new Set(days).size).toBe(days.length)
})
