import { expect, test } from 'vitest'
import { z } from 'zod'
import { call, fieldRefusal } from './client/api.ts'
import { findOffer } from './client/bookings.ts'
import { signIn } from './client/people.ts'
import { askPlaces, suggest } from './client/places.ts'
import { inMinutes, publishTrip } from './client/trips.ts'

const Place = z.looseObject({ position: z.object({ lat: z.number(), lng: z.number() }) })

test('pickup and drop-off can be places, alone or with a position', async () => {
  const passenger = await signIn()
  const idOf = async (name: string) => (await suggest(passenger, name))[0]?.placeId ?? ''
  const [from, to] = [await idOf('Salem'), await idOf('Erode')]
  const positionOf = async (id: string) =>
    Place.parse((await askPlaces(passenger, `details/${encodeURIComponent(id)}`)).body).position
  const stops = [await positionOf(from), await positionOf(to)]
  const trip = await publishTrip({ stops, departsAt: inMinutes(300) })
  const [pickup, dropoff] = stops
  for (const ends of [
    { pickup: { placeId: from }, dropoff: { placeId: to } },
    { pickup, dropoff: { placeId: to } },
    { pickup: { placeId: from }, dropoff },
  ])
    expect(await findOffer(trip, passenger, { ...ends, at: trip.departsAt })).toMatchObject({
      pickup: { position: { lat: expect.closeTo(pickup?.lat ?? 0, 3) } },
    })
})

test('a place that is not there is named, and so is half a position', async () => {
  const { token } = await signIn()
  const here = { lat: 12, lng: 77 }
  const ask = (pickup: object, dropoff: object = { lat: 13, lng: 77 }) =>
    call('POST', '/api/v1/routes/search', { token, body: { pickup, dropoff, at: '2027-01-01T00:00:00Z' } })
  expect(await ask({ placeId: 'nowhere' })).toMatchObject(fieldRefusal('pickup.placeId', 'place_unknown'))
  expect(await ask(here, { placeId: 'nowhere' })).toMatchObject(
    fieldRefusal('dropoff.placeId', 'place_unknown'),
  )
  expect(await ask({ lat: 12 })).toMatchObject(fieldRefusal('pickup.lng'))
  expect(await ask({ lng: 12 })).toMatchObject(fieldRefusal('pickup.lat'))
  expect(await ask({ ...here, placeId: 'x' })).toMatchObject(fieldRefusal('pickup.placeId'))
  expect(await ask({ placeId: '' })).toMatchObject(fieldRefusal('pickup.placeId'))
})
