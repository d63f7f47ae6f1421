import { parseArgs } from 'node:util'
import pc from 'picocolors'
import { LOCAL_ADMINISTRATOR } from '#packages/local-cloud/local-settings.ts'
import { Api } from './demo/api.ts'
import { LiveSocket } from './demo/live-socket.ts'
import { approvePapers, handInPapers } from './demo/papers.ts'
import { type Person, signIn } from './demo/people.ts'
import { publish, registerCar, SEATS, STOPS } from './demo/publish.ts'
import { chapter, expectThat, step } from './demo/screen.ts'
import { Booking, Bookings, type Offer, Offers, Refusal, Ride } from './demo/shapes.ts'
import { connectOldApp, shareRide, talk } from './demo/talk.ts'
import { POSITIONS, travel } from './demo/travel.ts'

const { values } = parseArgs({
  options: {
    url: { type: 'string', default: 'http://localhost:8787' },
    inbox: { type: 'string', default: 'http://localhost:8788' },
  },
})

/** South of Bidadi, between two stops: nobody stops there, everybody passes near it. */
const ROADSIDE = { lat: 12.79, lng: 77.36 }
const MYSURU = STOPS[3].position

/** One ride from sign-in to arrival, through the public API of a running system. */
async function tellStory(api: Api): Promise<void> {
  chapter('A driver offers a ride')
  const asha = await step('Asha signs in with the code from her phone', () => signIn(api, 'Asha'))
  const car = await step('she registers her car', () => registerCar(api, asha))
  const papers = await step(
    'she hands in her licence and the papers of her car',
    () => handInPapers(api, asha, car),
    ({ length }) => `${length} documents wait`,
  )
  const rekha = await step('Rekha, who reviews documents, signs in', () =>
    signIn(api, 'Rekha', LOCAL_ADMINISTRATOR),
  )
  await step(
    'she looks at each and finds it valid',
    () => approvePapers(api, rekha, papers),
    (numbers) => numbers.join(', '),
  )
  const { rideId, path, departsAt } = await step(
    'she publishes Bengaluru → Ramanagara → Mandya → Mysuru',
    () => publish(api, asha, car.id),
    () => `${SEATS} seats, ₹320 each`,
  )

  chapter('Two passengers book')
  const search = (person: Person, seats: number) => findRide(api, person, { rideId, departsAt, seats })
  const ravi = await step('Ravi signs in', () => signIn(api, 'Ravi'))
  const meera = await step('Meera signs in', () => signIn(api, 'Meera'))
  const raviOffer = await step('Ravi searches from the roadside near Bidadi', () => search(ravi, 1), describe)
  const meeraOffer = await step('Meera searches for two seats', () => search(meera, 2), describe)
  const raviBooking = await step(
    'Ravi books one',
    () => book(api, ravi, raviOffer),
    ({ state }) => state,
  )
  await step(
    'Meera’s two seats are one too many now',
    () => bookInVain(api, meera, meeraOffer),
    (code) => code,
  )
  const oneSeat = await step('she searches for one', () => search(meera, 1), describe)
  const meeraBooking = await step(
    'and books it',
    () => book(api, meera, oneSeat),
    ({ state }) => state,
  )
  await step(
    'Asha accepts both',
    () => acceptAll(api, asha, rideId),
    (count) => `${count} accepted`,
  )

  chapter('Before they leave')
  const oldApp = await step('Asha’s old app connects with socket.io-client', () => connectOldApp(api, asha))
  await step(
    'Ravi asks her something, and she answers there',
    () => talk(api, { asker: ravi, answerer: asha, rideId }, oldApp),
    (said) => said,
  )
  oldApp.disconnect()
  await step(
    'Meera shares the ride with her sister, who opens the link',
    () => shareRide(api, meera, rideId),
    (page) => page,
  )

  chapter('The ride')
  const rooms = await step('all three open the ride’s room', () => openRooms(api, rideId, [asha, ravi, meera]))
  const [driver, ...passengers] = rooms
  expectThat(driver !== undefined, 'the driver has no socket')
  await step(
    'Asha starts the ride',
    () => changeRide(api, asha, rideId, 'start'),
    ({ status }) => status,
  )
  await step(
    'Ravi tells his boarding code',
    () => board(api, asha, ravi, raviBooking.id),
    ({ state }) => state,
  )
  await step(
    'Meera tells hers',
    () => board(api, asha, meera, meeraBooking.id),
    ({ state }) => state,
  )
  await step(
    `${POSITIONS} positions, of which both passengers are told once a second`,
    () => travel(driver, passengers, path),
    (delays) => `${delays.length} told, in order · median ${at(delays, 0.5)} ms, p95 ${at(delays, 0.95)} ms`,
  )
  await step(
    'Asha completes the ride',
    () => changeRide(api, asha, rideId, 'complete'),
    ({ status }) => status,
  )
  await step(
    'the room tells all three',
    () => allTold(rooms),
    (told) => told,
  )
  for (const [person, booking] of [
    [ravi, raviBooking],
    [meera, meeraBooking],
  ] as const) {
    await step(
      `${person.name}’s booking`,
      () => finished(api, person, booking.id),
      ({ state }) => state,
    )
  }
}

const at = (sorted: readonly number[], share: number) =>
  (sorted[Math.floor(sorted.length * share)] ?? Number.NaN).toFixed(1)
const describe = ({ pickup, fare, seatsLeft }: Offer) =>
  `${pickup.walk} m to walk, ₹${(fare.amount / 100).toFixed(2)}, ${seatsLeft} seats left`

async function findRide(
  api: Api,
  person: Person,
  wanted: { rideId: string; departsAt: string; seats: number },
): Promise<Offer> {
  const body = { pickup: ROADSIDE, dropoff: MYSURU, at: wanted.departsAt, seats: wanted.seats, limit: 100 }
  const { items } = await api.call(
    { method: 'POST', path: '/routes/search', token: person.token, body },
    Offers,
  )
  const offer = items.find(({ rideId }) => rideId === wanted.rideId)
  expectThat(offer !== undefined, 'the search does not find the ride')
  return offer
}

function book(api: Api, { token }: Person, { quote }: Offer) {
  return api.call({ method: 'POST', path: '/bookings', token, status: 201, body: { quote } }, Booking)
}

async function bookInVain(api: Api, { token }: Person, { quote }: Offer): Promise<string> {
  const { code } = await api.call(
    { method: 'POST', path: '/bookings', token, status: 409, body: { quote } },
    Refusal,
  )
  expectThat(code === 'ride_full', `refused for another reason: ${code}`)
  return code
}

function answer(api: Api, { token }: Person, bookingId: string) {
  return api.call({ method: 'POST', path: `/bookings/${bookingId}/accept`, token }, Booking)
}

function changeRide(api: Api, { token }: Person, rideId: string, action: 'start' | 'complete') {
  return api.call({ method: 'POST', path: `/rides/${rideId}/${action}`, token }, Ride)
}

async function acceptAll(api: Api, driver: Person, rideId: string): Promise<number> {
  const { items } = await api.call(
    { method: 'GET', path: `/bookings?as=driver&rideId=${rideId}`, token: driver.token },
    Bookings,
  )
  for (const { id } of items) {
    const { state } = await answer(api, driver, id)
    expectThat(state === 'confirmed', `an accepted booking is ${state}`)
  }
  expectThat(items.length === 2, `${items.length} bookings wait for an answer, not two`)
  return items.length
}

async function openRooms(api: Api, rideId: string, people: readonly Person[]): Promise<LiveSocket[]> {
  const sockets = people.map(({ token }) => new LiveSocket(api.base, rideId, token))
  for (const socket of sockets)
    await socket.until((frames) => frames.some(({ type }) => type === 'snapshot'), 'the greeting')
  return sockets
}

async function board(api: Api, driver: Person, passenger: Person, bookingId: string) {
  const { boardingCode: code } = await api.call(
    { method: 'GET', path: `/bookings/${bookingId}`, token: passenger.token },
    Booking,
  )
  return api.call(
    { method: 'POST', path: `/bookings/${bookingId}/board`, token: driver.token, body: { code } },
    Booking,
  )
}

/** The room's last word; after it the sockets are closed with the same reason. */
async function allTold(sockets: readonly LiveSocket[]): Promise<string> {
  for (const socket of sockets)
    await socket.until(
      (frames) => frames.some((frame) => frame.type === 'ride' && frame.status === 'completed'),
      'hearing of the arrival',
    )
  return 'everyone knows'
}

async function finished(api: Api, { token }: Person, bookingId: string) {
  const booking = await api.call({ method: 'GET', path: `/bookings/${bookingId}`, token }, Booking)
  expectThat(booking.state === 'completed', `the booking is ${booking.state}`)
  return booking
}

const started = performance.now()
try {
  await tellStory(new Api(values.url, values.inbox))
  console.log(
    `\n  ${pc.green('Arrived.')} ${pc.dim(`${((performance.now() - started) / 1000).toFixed(1)} s`)}\n`,
  )
  process.exit(0)
} catch (error) {
  const unreachable = error instanceof TypeError && error.message === 'fetch failed'
  const reason = unreachable
    ? `Nothing answers at ${values.url}. Start it with: npm run dev`
    : error instanceof Error
      ? error.message
      : String(error)
  console.error(`\n  ${pc.red('The story ends here.')} ${reason}\n`)
  process.exit(1)
}
