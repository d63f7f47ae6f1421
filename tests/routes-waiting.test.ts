import { expect, test } from 'vitest'
import { call, refusal } from './client/api.ts'
import { actOn } from './client/bookings.ts'
import { changeRoute } from './client/routes.ts'
import { newCorridor, publishTrip, seatsTaken } from './client/trips.ts'
import { fullTrip, joinWaitlist, leaveWaitlist, stateOf } from './client/waitlist.ts'

const named = (places: object[]) => places.map((position, n) => ({ name: `New ${n}`, position }))

test('stops do not move under who only waits, nor after they have left: somebody was promised these', async () => {
  const { trip, holder, booking, others } = await fullTrip(1)
  const [waiter] = others
  if (!waiter) throw new Error('nobody came')
  const entry = await joinWaitlist(waiter.person, waiter.quote)
  // So that nobody is offered the seat that comes free.
  await call('PUT', `/api/v1/blocks/${waiter.person.id}`, { token: trip.driver.token })
  expect((await actOn(booking, holder, 'cancel')).status).toBe(200)
  expect(await seatsTaken(trip)).toEqual([0, 0, 0])
  expect(await stateOf(waiter.person)).toBe('waiting')
  const move = () => changeRoute(trip.driver, trip.routeId, { stops: named(newCorridor(3)) })
  const refused = { ...refusal(409, 'route_in_use'), body: { errors: [{ path: 'stops' }] } }
  expect(await move()).toMatchObject(refused)
  expect((await leaveWaitlist(waiter.person, entry)).status).toBeLessThan(300)
  expect(await move()).toMatchObject(refused)
  expect((await changeRoute(trip.driver, trip.routeId, { stops: named(trip.stops) })).status).toBe(200)
})

test('stops move while nobody ever booked', async () => {
  const { driver, routeId } = await publishTrip()
  expect((await changeRoute(driver, routeId, { stops: named(newCorridor(3)) })).status).toBe(200)
})
