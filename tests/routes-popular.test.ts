import { expect, test } from 'vitest'
import { call } from './client/api.ts'
import { searchFor } from './client/bookings.ts'
import { signIn } from './client/people.ts'
import { publishTrip } from './client/trips.ts'

test('what fewer than five people wanted is not told, to guests neither', async () => {
  const trip = await publishTrip()
  const passenger = await signIn()
  for (let n = 0; n < 6; n++)
    await call('POST', '/api/v1/routes/search', { token: passenger.token, body: searchFor(trip) })
  const reply = await call('GET', '/api/v1/routes/popular')
  expect(reply).toMatchObject({ status: 200, body: { items: [] } })
  expect(reply.headers.get('cache-control')).toContain('max-age=')
})
