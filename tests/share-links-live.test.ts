import { afterEach, expect, test } from 'vitest'
import { call } from './client/api.ts'
import { actOn, book } from './client/bookings.ts'
import { LiveClient, positionFrame } from './client/live-client.ts'
import { type Person, signIn } from './client/people.ts'
import { follow, raise, resolveOwn, share, tokenOf, waitFor } from './client/safety.ts'
import { moveRide, publishTrip, type Trip } from './client/trips.ts'

const open: LiveClient[] = []
afterEach(() => {
  for (const client of open.splice(0)) client.hangUp()
})

async function join(trip: Trip, options: { token: string } | { link: string }): Promise<LiveClient> {
  const client = await LiveClient.join(trip, options)
  open.push(client)
  return client
}

/** How a socket that is not let in ends. */
async function refusalOf(link: string) {
  const client = new LiveClient('', { link })
  const closed = await client.untilClosed()
  expect(client.frames).toEqual([])
  return closed
}

/** A ride under way, with somebody on it who shared it. */
async function sharedRide() {
  const trip = await publishTrip()
  const passenger = await signIn()
  const booking = await book(trip, passenger)
  expect((await moveRide(trip, 'start')).status).toBe(200)
  const link = await share(passenger, trip.rideId)
  return { trip, passenger, booking, link, token: tokenOf(link) }
}

const revoke = (trip: Trip, { token }: Person, id: string) =>
  call('DELETE', `/api/v1/rides/${trip.rideId}/share/${id}`, { token })

test('two who watch see the car move, and nothing about who is on board', async () => {
  const { trip, booking, token } = await sharedRide()
  const other = tokenOf(await share(trip.driver, trip.rideId))
  const car = await join(trip, { token: trip.driver.token })
  const viewers = [await join(trip, { link: token }), await join(trip, { link: other })]
  for (const viewer of viewers) expect(viewer.heard('snapshot')[0]?.you.role).toBe('viewer')
  car.say(positionFrame(0))
  for (const viewer of viewers) await viewer.until(() => viewer.heard('position').length > 0)
  const seen = await actOn(booking, trip.driver, 'board', booking.boardingCode ?? '')
  expect(seen.status).toBe(200)
  await car.until(() => car.heard('booking').length > 0)
  for (const viewer of viewers) expect(viewer.heard('booking')).toEqual([])

  expect(await follow(token)).toMatchObject({
    body: {
      ride: {
        position: { lat: 12.97, lng: 77.59, silent: false },
        progress: { fraction: expect.any(Number) },
      },
    },
  })
  expect((await moveRide(trip, 'complete')).status).toBe(200)
  for (const viewer of viewers)
    expect(await viewer.untilClosed()).toEqual({ code: 4000, reason: 'ride_completed' })
  expect(await refusalOf(token)).toEqual({ code: 4003, reason: 'ride_not_live' })
})

test('who watches cannot say where the car is', async () => {
  const { trip, token } = await sharedRide()
  const [viewer, other] = [await join(trip, { link: token }), await join(trip, { link: token })]
  viewer.say(positionFrame(1))
  await viewer.until(() => viewer.heard('error').length > 0)
  expect(viewer.heard('error')).toMatchObject([{ code: 'not_the_driver' }])
  expect(other.heard('position')).toEqual([])
})

test('a link that is revoked shows out who watches through it, and nobody else', async () => {
  const { trip, passenger, link, token } = await sharedRide()
  const other = tokenOf(await share(passenger, trip.rideId))
  const [watching, staying] = [await join(trip, { link: token }), await join(trip, { link: other })]
  expect((await revoke(trip, passenger, link.id)).status).toBe(204)
  expect((await watching.untilClosed()).code).toBe(4003)
  expect(await refusalOf(token)).toEqual({ code: 4003, reason: 'not_found' })
  expect(staying.closed).toBeUndefined()
})

test('who leaves the ride takes along who watches it with them', async () => {
  const { trip, passenger, booking, token } = await sharedRide()
  const staying = await join(trip, { link: tokenOf(await share(trip.driver, trip.rideId)) })
  const watching = await join(trip, { link: token })
  expect((await actOn(booking, passenger, 'cancel')).status).toBe(200)
  expect((await watching.untilClosed()).code).toBe(4003)
  expect(staying.closed).toBeUndefined()
})

test('the link of an alert is live until the alert is over', async () => {
  const { trip, passenger } = await sharedRide()
  const alert = await raise(passenger)
  const watching = await join(trip, { link: tokenOf(alert) })
  const car = await join(trip, { token: trip.driver.token })
  car.say(positionFrame(1))
  await watching.until(() => watching.heard('position').length > 0)
  expect((await resolveOwn(passenger, alert)).status).toBe(200)
  expect((await watching.untilClosed()).code).toBe(4003)
  expect(await refusalOf(tokenOf(alert))).toEqual({ code: 4003, reason: 'ride_not_live' })
})

test('a link that is none opens no socket, and without an upgrade there is none', async () => {
  for (const link of ['A'.repeat(43), 'short', 'x'.repeat(200)])
    expect(await refusalOf(link)).toEqual({ code: 4003, reason: 'not_found' })
  const { trip, token } = await sharedRide()
  expect(await call('GET', `/api/v1/share/${token}/live`)).toMatchObject({ status: 426 })
  await waitFor(
    () => follow(token),
    ({ status }) => status === 200,
  )
  expect((await moveRide(trip, 'cancel')).status).toBe(200)
})
