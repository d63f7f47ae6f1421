import { expect, test } from 'vitest'
import { call } from './client/api.ts'
import { book, findOffer, searchFor, sendQuote } from './client/bookings.ts'
import { LiveClient, positionFrame } from './client/live-client.ts'
import { signIn } from './client/people.ts'
import { follow, share, tokenOf, waitFor } from './client/safety.ts'
import { inMinutes, moveRide, newCorridor, publishTrip } from './client/trips.ts'

test('a link shows the car no earlier than its passenger may see it', async () => {
  const trip = await publishTrip({ stops: newCorridor(7) })
  const [early, late] = [await signIn(), await signIn()]
  await book(trip, early, { from: 0, to: 2 })
  const offer = await findOffer(trip, late, { ...searchFor(trip, { from: 5, to: 6 }), at: inMinutes(180) })
  expect((await sendQuote(late, offer?.quote ?? '')).status).toBe(201)
  expect((await moveRide(trip, 'start')).status).toBe(200)
  const links = {
    early: tokenOf(await share(early, trip.rideId)),
    late: tokenOf(await share(late, trip.rideId)),
  }
  const car = await LiveClient.join(trip, { token: trip.driver.token })
  car.say(positionFrame(0))
  const positionOf = async (token: string) => Object((await follow(token)).body).ride.position
  await waitFor(() => positionOf(links.early), Boolean)
  // As the passenger is told by the ride itself.
  const seen = await call('GET', `/api/v1/rides/${trip.rideId}/location`, { token: late.token })
  expect(seen).toMatchObject({ status: 200, body: { position: null } })
  expect(await follow(links.late)).toMatchObject({
    status: 200,
    body: { ride: { position: null, progress: null } },
  })
  const viewer = new LiveClient('', { link: links.late })
  expect((await viewer.untilClosed()).reason).toBe('ride_not_live')
  expect(viewer.frames).toEqual([])
  car.hangUp()
})
