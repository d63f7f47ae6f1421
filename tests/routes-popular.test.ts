import { expect, test } from 'vitest'
import { z } from 'zod'
import { call, expectBody } from './client/api.ts'
import { searchFor } from './client/bookings.ts'
import { signIn } from './client/people.ts'
import { type Position, publishTrip } from './client/trips.ts'

const Place = z.object({ position: z.object({ lat: z.number(), lng: z.number() }) })
const Popular = z.object({ items: z.array(z.object({ from: Place, to: Place })) })

test('what fewer than five people wanted is not told, to guests neither', async () => {
  const trip = await publishTrip()
  const passenger = await signIn()
  for (let n = 0; n < 6; n++)
    await call('POST', '/api/v1/routes/search', { token: passenger.token, body: searchFor(trip) })
  const reply = await call('GET', '/api/v1/routes/popular')
  const { items } = expectBody(reply, 200, Popular)
  const near = (place: Position, stop: Position | undefined) =>
    Math.abs(place.lat - (stop?.lat ?? 0)) < 0.1 && Math.abs(place.lng - (stop?.lng ?? 0)) < 0.1
  // Other tests may have made other trips popular.
  expect(
    items.filter(({ from, to }) => near(from.position, trip.stops[0]) && near(to.position, trip.stops.at(-1))),
  ).toEqual([])
  expect(reply.headers.get('cache-control')).toContain('max-age=')
})
