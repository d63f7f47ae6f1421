import { expect, test } from 'vitest'
import { call, expectBody, fieldRefusal } from './client/api.ts'
import { book, readBooking } from './client/bookings.ts'
import { inDays } from './client/documents.ts'
import { signIn } from './client/people.ts'
import {
  changeRoute,
  daysOf,
  everyDay,
  newCrew,
  publishRoute,
  publishWeekly,
  Route,
  weeklyRoute,
} from './client/routes.ts'
import { newRoute, publishTrip } from './client/trips.ts'

test('a weekly route lists its pattern, and the days it had to skip', async () => {
  const { driver, vehicleId } = await newCrew()
  const schedule = everyDay({
    exceptions: [
      { day: inDays(2), departs: null },
      { day: inDays(3), departs: '09:15' },
    ],
  })
  const clash = new Date(`${inDays(5)}T03:00:00Z`).toISOString()
  await publishRoute(driver, newRoute(vehicleId, { departsAt: clash }))
  const route = await publishRoute(driver, weeklyRoute(vehicleId, schedule))
  expect(route).toMatchObject({
    schedule: { ...schedule, until: null, madeUntil: inDays(28) },
    skippedDays: [inDays(5)],
  })
  expect(daysOf(route)).toHaveLength(26)
  expect(route.rides.find(({ scheduleDay }) => scheduleDay === inDays(3))?.departsAt).toBe(
    new Date(`${inDays(3)}T09:15:00+05:30`).toISOString(),
  )
})

test('a new pattern makes other rides, and leaves those with passengers', async () => {
  const { driver, route, stops } = await publishWeekly()
  const passenger = await signIn()
  const booked = route.rides[2]
  if (!booked) throw new Error('no ride')
  const trip = {
    driver,
    vehicleId: '',
    routeId: route.id,
    rideId: booked.id,
    stops,
    departsAt: booked.departsAt,
  }
  const booking = await book(trip, passenger)
  const later = { schedule: everyDay({ departs: '10:00', until: inDays(9) }) }
  const changed = expectBody(await changeRoute(driver, route.id, later), 200, Route)
  expect(changed.rides).toHaveLength(9)
  expect(changed.rides.filter(({ departsAt }) => departsAt.includes('T04:30'))).toHaveLength(8)
  expect(changed.rides.find(({ id }) => id === booked.id)).toEqual(booked)
  expect(await readBooking(booking, passenger)).toMatchObject({ state: 'confirmed' })
  // What was booked once and is free again is cancelled, and another ride takes its day.
  await call('POST', `/api/v1/bookings/${booking.id}/cancel`, { token: passenger.token })
  const again = expectBody(await changeRoute(driver, route.id, later), 200, Route)
  expect(again.rides.find(({ id }) => id === booked.id)).toMatchObject({
    status: 'cancelled',
    scheduleDay: null,
  })
  expect(daysOf(again)).toContain(booked.scheduleDay)
  // It may also end at once.
  const ended = await changeRoute(driver, route.id, {
    schedule: everyDay({ from: inDays(-9), until: inDays(-1) }),
  })
  expect(daysOf(expectBody(ended, 200, Route))).toEqual([])
})

test('a single ride gets no pattern', async () => {
  const { driver, routeId } = await publishTrip()
  expect(await changeRoute(driver, routeId, { schedule: everyDay() })).toMatchObject(fieldRefusal('schedule'))
})
