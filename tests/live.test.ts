import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { call, refusal } from './client/api.ts'
import { actOn, type Booking, book } from './client/bookings.ts'
import { type JoinOptions, LiveClient, positionFrame, stepsHeard } from './client/live-client.ts'
import { type Person, signIn, signInMany } from './client/people.ts'
import { moveRide, publishTrip, type Trip, type TripOptions } from './client/trips.ts'

const POSITIONS = 50
/** Ten a second are taken in, and twenty more at once; about one a second is told. */
const PACE_MS = 75
const PROTOCOL = 'margwa.v1'

const open: LiveClient[] = []
afterEach(() => {
  for (const client of open.splice(0)) client.hangUp()
})

async function join(trip: Trip, person: Person, options: Omit<JoinOptions, 'token'> = {}): Promise<LiveClient> {
  const client = await LiveClient.join(trip, { token: person.token, ...options })
  open.push(client)
  return client
}

/** How a socket that is not let in ends. */
async function refusalOf(rideId: string, options: JoinOptions) {
  const client = new LiveClient(rideId, options)
  const closed = await client.untilClosed()
  expect(client.frames).toEqual([])
  return closed
}

/** A trip with passengers on it who are confirmed. */
async function tripWith(count: number, options: TripOptions = {}) {
  const trip = await publishTrip(options)
  const people = await signInMany(count)
  const bookings: Booking[] = []
  for (const person of people) bookings.push(await book(trip, person))
  return { trip, people, bookings, driver: trip.driver }
}

/** The first person of a list that is not empty. */
function first<Item>([item]: readonly Item[]): Item {
  if (item === undefined) throw new Error('nobody came')
  return item
}

async function drive(client: LiveClient, from: number, to: number): Promise<void> {
  for (let step = from; step < to; step++) {
    client.say(positionFrame(step))
    await sleep(PACE_MS)
  }
}

test('passengers see the same positions, about one a second and the last in any case; who was away gets exactly what was missed', async () => {
  const { trip, people, driver } = await tripWith(3)
  const [a, b, c] = people
  if (!a || !b || !c) throw new Error('nobody came')
  expect((await moveRide(trip, 'start')).status).toBe(200)
  const car = await join(trip, driver)
  const [one, two, away] = [
    await join(trip, a),
    await join(trip, b, { likeBrowser: true }),
    await join(trip, c),
  ]
  expect(two.protocol).toBe(PROTOCOL)
  expect(one.frames[0]).toMatchObject({
    type: 'snapshot',
    ride: { id: trip.rideId, status: 'started' },
    you: { role: 'passenger' },
    position: null,
  })

  await drive(car, 0, 10)
  await away.until(() => stepsHeard(away).at(-1) === 9)
  away.hangUp()
  // RFC 6455 lets a server answer a Close without a code by one without a code (1005) or by a normal one.
  expect([1000, 1005]).toContain((await away.untilClosed())?.code)
  await drive(car, 10, 25)
  const back = await join(trip, c, { after: away.heard('position').at(-1)?.seq ?? 0 })
  await drive(car, 25, POSITIONS)

  for (const client of [one, two]) {
    await client.until(() => stepsHeard(client).at(-1) === POSITIONS - 1)
    expect(stepsHeard(client)[0]).toBe(0)
    const numbers = client.heard('position').map(({ seq }) => seq)
    expect(numbers).toEqual([...new Set(numbers)].toSorted((x, y) => x - y))
  }
  await back.until(() => stepsHeard(back).at(-1) === POSITIONS - 1)
  const seen = stepsHeard(one)
  expect(stepsHeard(two)).toEqual(seen)
  expect(seen.length).toBeGreaterThan(3)
  expect(seen.length).toBeLessThan(15)
  expect(stepsHeard(back)).toEqual(seen.filter((step) => step > 9))
  // What was missed comes first, then the word that nothing is missing.
  const greeting = back.frames.findIndex(({ type }) => type === 'snapshot')
  expect(greeting).toBeGreaterThan(0)
  expect(back.frames.slice(0, greeting).every(({ type }) => type === 'position')).toBe(true)
  expect(back.frames[greeting]).toMatchObject({ type: 'snapshot', resumed: true, position: { speed: 14 } })
  // The driver knows where the car is.
  expect(car.heard('position')).toEqual([])
}, 30_000)

test('who comes back with a number that nobody knows starts from a snapshot', async () => {
  const { trip, people } = await tripWith(1)
  const client = await join(trip, first(people), { after: 999_999 })
  expect(client.frames).toMatchObject([{ type: 'snapshot', resumed: false }])
})

test('positions count only from the driver, and only once the ride has started', async () => {
  const { trip, people, driver } = await tripWith(1)
  const [car, passenger] = [await join(trip, driver), await join(trip, first(people))]
  car.say(positionFrame(0))
  await car.until(() => car.heard('error').length > 0)
  expect(car.heard('error')).toMatchObject([{ code: 'ride_not_live' }])
  expect((await moveRide(trip, 'start')).status).toBe(200)
  for (const client of [car, passenger]) {
    await client.until(() => client.heard('ride').length > 0)
    expect(client.heard('ride')).toMatchObject([{ status: 'started' }])
  }
  passenger.say(positionFrame(1))
  await passenger.until(() => passenger.heard('error').length > 0)
  expect(passenger.heard('error')).toMatchObject([{ code: 'not_the_driver' }])
  car.say(positionFrame(2))
  await passenger.until(() => passenger.heard('position').length > 0)
  expect(stepsHeard(passenger)).toEqual([2])
})

test('a frame that is none is answered, and the socket stays open', async () => {
  const { trip, driver } = await tripWith(0)
  const car = await join(trip, driver)
  for (const frame of [
    '{',
    { type: 'fly' },
    { ...positionFrame(0), lat: 91 },
    { ...positionFrame(0), extra: 1 },
    [],
  ])
    car.say(frame)
  car.say({ type: 'ping' })
  await car.until(() => car.heard('pong').length > 0)
  const [malformed, ...invalid] = car.heard('error')
  expect(malformed?.code).toBe('malformed_json')
  expect(invalid.map(({ code }) => code)).toEqual(Array.from({ length: 4 }, () => 'invalid_frame'))
  expect(car.closed).toBeUndefined()
})

test.each([
  ['binary', new Uint8Array([1, 2, 3]), { code: 1003, reason: 'binary_frame' }],
  ['too large', `"${'x'.repeat(5000)}"`, { code: 1009, reason: 'frame_too_large' }],
])('a %s frame closes the socket', async (_, frame, closed) => {
  const { trip, driver } = await tripWith(0)
  const car = await join(trip, driver)
  car.say(frame)
  expect(await car.untilClosed()).toEqual(closed)
})

test.each([false, true])(
  'who has no business on a ride is told so as the socket closes (browser: %s)',
  async (likeBrowser) => {
    const { trip } = await tripWith(0, { bookingMode: 'approval' })
    const [stranger, waiting] = [await signIn(), await signIn()]
    await book(trip, waiting)
    const live = (token: string | undefined, rideId = trip.rideId) => refusalOf(rideId, { token, likeBrowser })
    for (const person of [stranger, waiting])
      expect(await live(person.token)).toEqual({ code: 4003, reason: 'not_on_ride' })
    expect(await live('x.y.z')).toEqual({ code: 4001, reason: 'token_invalid' })
    expect(await live(stranger.token, crypto.randomUUID())).toEqual({ code: 4003, reason: 'not_found' })
    expect(await live(stranger.token, 'no-id')).toEqual({ code: 4003, reason: 'not_found' })
    expect((await call('POST', '/api/v1/auth/logout', { token: stranger.token })).status).toBe(204)
    expect(await live(stranger.token)).toEqual({ code: 4001, reason: 'session_revoked' })
  },
)

test('without a token, or with a number that is none, nobody joins', async () => {
  const { trip, driver } = await tripWith(0)
  expect(await refusalOf(trip.rideId, {})).toEqual({ code: 4001, reason: 'unauthenticated' })
  for (const after of ['x', -1, 1.5])
    expect(await refusalOf(trip.rideId, { token: driver.token, after })).toEqual({
      code: 4003,
      reason: 'invalid_fields',
    })
})

test('without an upgrade the address says what it wants', async () => {
  const { trip, driver } = await tripWith(0)
  const reply = await call('GET', `/api/v1/rides/${trip.rideId}/live`, { token: driver.token })
  expect(reply).toMatchObject(refusal(426, 'upgrade_required'))
})

test('a booking is told to its passenger and the driver, and to nobody else', async () => {
  const trip = await publishTrip({ bookingMode: 'approval' })
  const [a, b] = [await signIn(), await signIn()]
  const accepted = await book(trip, a)
  await actOn(accepted, trip.driver, 'accept')
  const [car, passenger] = [await join(trip, trip.driver), await join(trip, a)]
  const other = await book(trip, b)
  await car.until(() => car.heard('booking').length > 0)
  expect(car.heard('booking').at(-1)).toMatchObject({ bookingId: other.id, state: 'pending' })
  const { boardingCode } = Object(
    (await call('GET', `/api/v1/bookings/${accepted.id}`, { token: a.token })).body,
  )
  expect((await actOn(accepted, trip.driver, 'board', boardingCode)).status).toBe(200)
  await passenger.until(() => passenger.heard('booking').some(({ state }) => state === 'boarded'))
  expect(new Set(passenger.heard('booking').map(({ bookingId }) => bookingId))).toEqual(new Set([accepted.id]))
})

test('who cancels is shown out, and the others stay', async () => {
  const { trip, people, bookings, driver } = await tripWith(2)
  const [leaver, stayer] = people
  if (!leaver || !stayer) throw new Error('nobody came')
  const [car, leaving, staying] = [await join(trip, driver), await join(trip, leaver), await join(trip, stayer)]
  const booking = first(bookings)
  expect((await actOn(booking, leaver, 'cancel')).status).toBe(200)
  expect(await leaving.untilClosed()).toEqual({ code: 4003, reason: 'removed' })
  expect(leaving.heard('booking').at(-1)).toMatchObject({ bookingId: booking.id, state: 'cancelled' })
  await car.until(() => car.heard('booking').some(({ state }) => state === 'cancelled'))
  expect([car.closed, staying.closed]).toEqual([undefined, undefined])
  expect(await refusalOf(trip.rideId, { token: leaver.token })).toEqual({ code: 4003, reason: 'not_on_ride' })
})

test.each(['completed', 'cancelled'] as const)(
  'when the ride is %s everybody hears it, and every socket closes',
  async (status) => {
    const { trip, people, bookings, driver } = await tripWith(1)
    const booking = first(bookings)
    expect((await moveRide(trip, 'start')).status).toBe(200)
    expect((await actOn(booking, driver, 'board', booking.boardingCode ?? '')).status).toBe(200)
    const sockets = [await join(trip, driver), await join(trip, first(people))]
    expect((await moveRide(trip, status === 'completed' ? 'complete' : 'cancel')).status).toBe(200)
    for (const socket of sockets) {
      expect(await socket.untilClosed()).toEqual({ code: 4000, reason: `ride_${status}` })
      expect(socket.heard('ride').at(-1)).toMatchObject({ status })
      // An arrival is told of the booking too; with a cancelled ride the booking is gone without a word.
      const states = socket.heard('booking').map(({ state }) => state)
      expect(states.includes('completed')).toBe(status === 'completed')
    }
    expect(await refusalOf(trip.rideId, { token: driver.token })).toEqual({
      code: 4003,
      reason: 'ride_not_live',
    })
  },
)
