import { expect, test } from 'vitest'
import { z } from 'zod'
import { call, expectBody, refusal } from './client/api.ts'
import { actOn, type Booking, book } from './client/bookings.ts'
import { type Person, signIn, signInMany } from './client/people.ts'
import { moveRide, publishTrip } from './client/trips.ts'

const Page = z.object({ items: z.array(z.object({ id: z.string() })), nextCursor: z.string().nullable() })
const idsOf = (bookings: readonly { id: string }[]) => bookings.map(({ id }) => id)

async function list(path: 'bookings' | 'rides', { token }: Person, query = ''): Promise<string[]> {
  return idsOf(expectBody(await call('GET', `/api/v1/${path}?${query}`, { token }), 200, Page).items)
}

test('both sides filter their bookings by state, by time and by ride', async () => {
  const trip = await publishTrip({ bookingMode: 'approval', seats: 4 })
  const people = await signInMany(4)
  const bookings: Booking[] = []
  for (const person of people) bookings.push(await book(trip, person))
  const [pending, accepted, rejected, cancelled] = bookings
  const [me] = people
  const last = people[3]
  if (!pending || !accepted || !rejected || !cancelled || !me || !last) throw new Error('nobody came')
  await actOn(accepted, trip.driver, 'accept')
  await actOn(rejected, trip.driver, 'reject')
  await actOn(cancelled, last, 'cancel')
  const elsewhere = await book(await publishTrip(), me)

  expect(await list('bookings', trip.driver, 'as=driver')).toEqual(idsOf(bookings.toReversed()))
  expect(await list('bookings', trip.driver, 'as=driver&state=rejected')).toEqual([rejected.id])
  expect(await list('bookings', trip.driver, 'as=driver&when=upcoming')).toEqual([accepted.id, pending.id])
  expect(await list('bookings', trip.driver, 'as=driver&when=past')).toEqual([cancelled.id, rejected.id])
  expect(await list('bookings', trip.driver, 'as=driver&when=past&state=pending')).toEqual([])
  expect(await list('bookings', me)).toEqual([elsewhere.id, pending.id])
  expect(await list('bookings', me, `rideId=${trip.rideId}`)).toEqual([pending.id])
  expect(await list('bookings', last, 'when=upcoming')).toEqual([])
  for (const query of ['state=lost', 'when=now', 'rideId=1', 'colour=red'])
    expect(await call('GET', `/api/v1/bookings?${query}`, { token: me.token }), query).toMatchObject(
      refusal(422, 'invalid_fields'),
    )
})

test('a filtered list has pages too', async () => {
  const trip = await publishTrip({ seats: 4 })
  const people = await signInMany(4)
  const bookings: Booking[] = []
  for (const person of people) bookings.push(await book(trip, person, { to: 1 }))
  const [, second] = bookings
  const leaver = people[1]
  if (!second || !leaver) throw new Error('nobody came')
  await actOn(second, leaver, 'cancel')
  const read = async (cursor: string) => {
    const path = `/api/v1/bookings?as=driver&state=confirmed&limit=2${cursor}`
    return expectBody(await call('GET', path, { token: trip.driver.token }), 200, Page)
  }
  const first = await read('')
  const rest = await read(`&cursor=${first.nextCursor}`)
  expect(idsOf([...first.items, ...rest.items])).toEqual(
    idsOf(bookings.filter(({ id }) => id !== second.id).toReversed()),
  )
  expect(rest.nextCursor).toBeNull()
})

test('a driver filters rides by state and by time', async () => {
  const trip = await publishTrip()
  const { driver, rideId } = trip
  expect(await list('rides', driver)).toEqual([rideId])
  expect(await list('rides', driver, 'status=scheduled')).toEqual([rideId])
  expect(await list('rides', driver, 'status=started')).toEqual([])
  expect(await list('rides', driver, 'when=upcoming')).toEqual([rideId])
  expect((await moveRide(trip, 'start')).status).toBe(200)
  expect(await list('rides', driver, 'status=started&when=upcoming')).toEqual([rideId])
  expect((await moveRide(trip, 'complete')).status).toBe(200)
  expect(await list('rides', driver, 'when=past')).toEqual([rideId])
  expect(await list('rides', driver, 'when=upcoming')).toEqual([])
  for (const query of ['status=lost', 'when=now'])
    expect(await call('GET', `/api/v1/rides?${query}`, { token: driver.token }), query).toMatchObject(
      refusal(422, 'invalid_fields'),
    )
})

test('a booking tells its whole history to both sides', async () => {
  const trip = await publishTrip({ bookingMode: 'approval' })
  const passenger = await signIn()
  const booking = await book(trip, passenger)
  await actOn(booking, trip.driver, 'accept')
  const path = `/api/v1/bookings/${booking.id}`
  const { boardingCode } = Object((await call('GET', path, { token: passenger.token })).body)
  await moveRide(trip, 'start')
  await actOn(booking, trip.driver, 'board', boardingCode)
  await moveRide(trip, 'complete')
  for (const { token } of [passenger, trip.driver])
    expect(await call('GET', path, { token })).toMatchObject({
      body: {
        ...{ state: 'completed', refund: null },
        history: [
          { state: 'pending', by: 'passenger' },
          { state: 'confirmed', by: 'driver' },
          { state: 'boarded', by: 'driver' },
          { state: 'completed', by: 'driver' },
        ],
      },
    })
})
