import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import type { ServerFrame } from '../packages/protocol/server-frame.ts'
import { actOn, type Booking, book } from './client/bookings.ts'
import { chatOf } from './client/chat.ts'
import { HubClient } from './client/hub-client.ts'
import { LiveClient } from './client/live-client.ts'
import { type Person, signInDriver, signInMany } from './client/people.ts'
import { follow, share, tokenOf } from './client/safety.ts'
import { SocketIoClient, type SocketIoOptions } from './client/socket-io.ts'
import { moveRide, publishTrip, registerVehicle, type Trip } from './client/trips.ts'

const open: { hangUp(): void }[] = []
afterEach(() => {
  for (const client of open.splice(0)) client.hangUp()
})
function keep<Client extends { hangUp(): void }>(client: Client): Client {
  open.push(client)
  return client
}

/** Somebody on the ride, with whatever app: what they hear of it, and of the chat. */
interface Companion {
  /** The bodies of everything heard of the ride, named as the frames of the room are. */
  heard(type: ServerFrame['type']): object[]
  messages(): unknown[]
  until(holds: () => boolean): Promise<void>
  /** Why they are no longer on the ride; null: they are. */
  ended(): string | null
}

async function nativeApp(trip: Trip, { token }: Person): Promise<Companion> {
  const room = keep(await LiveClient.join(trip, { token }))
  const hub = keep(await HubClient.connect({ token }))
  return {
    heard: (type) => room.heard(type),
    messages: () => hub.heard('chat:message').map(({ message }) => message.body),
    until: async (holds) => {
      await expect.poll(holds, { timeout: 10_000 }).toBe(true)
    },
    ended: () => room.closed?.reason ?? null,
  }
}

const names: Partial<Record<ServerFrame['type'], string>> = {
  position: 'location:updated',
  ride: 'ride:status',
}

async function oldApp(trip: Trip, { token }: Person, options: SocketIoOptions) {
  const client = keep(await SocketIoClient.connect(token, options))
  expect(await client.ask('ride:join', trip.rideId)).toMatchObject({ ok: true, ride: { status: 'scheduled' } })
  const companion: Companion = {
    heard: (type) => client.events(names[type] ?? `ride:${type}`).map(Object),
    messages: () => client.events('chat:message').map((event) => Object(Object(event).message).body),
    until: (holds) => client.until(holds),
    ended: () => client.events('ride:closed').map((event) => String(Object(event).reason))[0] ?? null,
  }
  return { client, companion }
}

/** Who watches through a link. */
async function viewer(trip: Trip, link: string): Promise<LiveClient> {
  return keep(await LiveClient.join(trip, { link }))
}

const seqs = (heard: readonly object[]) => heard.map((body) => Number(Object(body).seq))
const rising = (numbers: readonly number[]) => [...new Set(numbers)].toSorted((a, b) => a - b)

function lastOf(bookings: readonly Booking[]): Booking {
  const booking = bookings.at(-1)
  if (!booking) throw new Error('nobody booked')
  return booking
}

const STEP_MS = 200
/** Reported so often, the car stands at the first stop long enough to have arrived. */
const STEPS = 16

test('one driver on two devices, six passengers with every kind of app and two who watch, from the plan to the end', async () => {
  const driver = await signInDriver('Asha Raghunathan')
  const vehicleId = await registerVehicle(driver, { seats: 7 })
  const trip = await publishTrip({ driver, vehicleId, seats: 6 })
  const people = await signInMany(6)
  const bookings: Booking[] = []
  for (const person of people) bookings.push(await book(trip, person))
  const [anna, bina, chitra, divya, esha, farida] = people
  if (!anna || !bina || !chitra || !divya || !esha || !farida) throw new Error('nobody came')

  // Everybody is there before it begins.
  const car = keep(await LiveClient.join(trip, { token: driver.token }))
  const phone = keep(await SocketIoClient.connect(driver.token))
  const natives = [await nativeApp(trip, anna), await nativeApp(trip, bina)]
  const [byDefault, bySocket, byPolling, leaving] = [
    await oldApp(trip, chitra, {}),
    await oldApp(trip, divya, { transports: ['websocket'] }),
    await oldApp(trip, esha, { transports: ['polling'] }),
    await oldApp(trip, farida, {}),
  ]
  const byIo = [byDefault.companion, bySocket.companion, byPolling.companion]
  const links = [tokenOf(await share(anna, trip.rideId)), tokenOf(await share(driver, trip.rideId))]
  const viewers = [await viewer(trip, links[0] ?? ''), await viewer(trip, links[1] ?? '')]
  const aboard = [...natives, ...byIo]

  // Who gives their seat back is shown out, and nobody else.
  expect((await actOn(lastOf(bookings), farida, 'cancel')).status).toBe(200)
  await leaving.companion.until(() => leaving.companion.ended() !== null)
  expect(leaving.companion.ended()).toBe('removed')
  expect([...aboard.map((each) => each.ended()), car.closed]).toEqual([null, null, null, null, null, undefined])

  const group = await chatOf(trip, driver)
  expect(await phone.ask('chat:message', { conversationId: group, message: 'At the gate' })).toMatchObject({
    ok: true,
  })
  expect(await bySocket.client.ask('chat:message', { conversationId: group, message: 'Coming' })).toMatchObject(
    { ok: true },
  )
  for (const each of aboard) {
    await each.until(() => each.messages().length === 2)
    expect(each.messages()).toEqual(['At the gate', 'Coming'])
  }

  expect((await moveRide(trip, 'start')).status).toBe(200)
  for (const each of aboard) await each.until(() => each.heard('ride').length > 0)
  expect(await phone.ask('ride:join', trip.rideId)).toMatchObject({ ok: true, you: { role: 'driver' } })

  // The car stands at the first stop, and then goes on; first one device says so, then the other.
  const [stop] = trip.stops
  const began = Date.now() - 120_000
  const fix = (step: number) => ({
    ...{ lat: stop?.lat ?? 0, lng: (stop?.lng ?? 0) + step / 1e5, speed: 1, accuracy: 5 },
    at: new Date(began + step * 1000).toISOString(),
  })
  const stepOf = (body: object) => Math.round((Number(Object(body).lng) - (stop?.lng ?? 0)) * 1e5)
  for (let step = 0; step < STEPS; step++) {
    car.say({ type: 'position', ...fix(step) })
    await sleep(STEP_MS)
  }
  const handed: Promise<unknown>[] = []
  for (let step = STEPS; step < 2 * STEPS; step++) {
    handed.push(phone.ask('location:update', { ...fix(step), rideId: trip.rideId }))
    await sleep(STEP_MS)
  }
  expect(await Promise.all(handed)).toEqual(handed.map(() => ({ ok: true })))
  // A position too many from the device that had reported before is refused: there is one car.
  car.say({ type: 'position', ...fix(2 * STEPS) })
  await car.until(() => car.heard('error').length > 0)
  expect(car.heard('error').every(({ code }) => code === 'source_replaced')).toBe(true)

  const last = 2 * STEPS - 1
  for (const each of aboard)
    await each.until(() => each.heard('position').some((body) => stepOf(body) === last))
  for (const each of viewers)
    await each.until(() => each.heard('position').some((body) => stepOf(body) === last))
  const told = seqs(natives[0]?.heard('position') ?? [])
  expect(told).toEqual(rising(told))
  // Thirty-two reports in more than six seconds, told about once a second.
  expect(told.length).toBeGreaterThanOrEqual(6)
  expect(told.length).toBeLessThanOrEqual(11)
  for (const each of [natives[1], byDefault.companion, bySocket.companion])
    expect(seqs(each?.heard('position') ?? [])).toEqual(told)
  for (const each of viewers) expect(seqs(each.heard('position'))).toEqual(told)
  // Whoever polls may have missed some, and has heard none twice or late.
  const polled = seqs(byPolling.companion.heard('position'))
  expect(polled).toEqual(rising(polled))
  expect(polled.every((seq) => told.includes(seq))).toBe(true)
  expect(seqs(leaving.companion.heard('position'))).toEqual([])

  // The car has arrived where they get on, and they do.
  for (const each of aboard) {
    await each.until(() => each.heard('arrival').length > 0)
    expect(each.heard('arrival')).toMatchObject([{ place: 'pickup' }])
  }
  expect(car.heard('arrival')).toHaveLength(5)
  for (const [n, booking] of bookings.slice(0, 5).entries()) {
    expect((await actOn(booking, driver, 'board', booking.boardingCode ?? '')).status).toBe(200)
    const companion = aboard[n]
    await companion?.until(() => companion.heard('booking').some((body) => Object(body).state === 'boarded'))
    expect(companion?.heard('booking')).toMatchObject([{ bookingId: booking.id, state: 'boarded' }])
  }

  // Who watches knows where the car is and how the ride is, and nothing of who is on it.
  for (const each of viewers) {
    const types = new Set(each.frames.map(({ type }) => type))
    expect(
      [...types].filter((type) => !['snapshot', 'position', 'ride', 'eta', 'stale'].includes(type)),
    ).toEqual([])
  }
  const seen = JSON.stringify([viewers.map(({ frames }) => frames), (await follow(links[0] ?? '')).body])
  expect(seen).toContain('Asha')
  for (const secret of [
    'Raghunathan',
    'At the gate',
    ...people.flatMap(({ id, phone: number }) => [id, number]),
  ])
    expect(seen).not.toContain(secret)

  expect((await moveRide(trip, 'complete')).status).toBe(200)
  for (const each of aboard) {
    await each.until(() => each.ended() !== null)
    expect(each.ended()).toBe('ride_completed')
    expect(each.heard('ride')).toMatchObject([{ status: 'started' }, { status: 'completed' }])
  }
  for (const each of [car, ...viewers])
    expect(await each.untilClosed()).toEqual({ code: 4000, reason: 'ride_completed' })
  await phone.until(() => phone.events('ride:closed').length > 0)
  // The ride is over, not the connection.
  expect([phone, byPolling.client].map(({ socket }) => socket.connected)).toEqual([true, true])
  expect(await phone.ask('location:update', { ...fix(99), rideId: trip.rideId })).toMatchObject({
    ok: false,
    code: 'ride_not_live',
  })
}, 90_000)
