import { parseArgs } from 'node:util'
import pc from 'picocolors'
import { LOCAL_ADMINISTRATOR } from '#packages/local-cloud/local-settings.ts'
import { Api } from './demo/api.ts'
import { acceptAll, book, bookInVain, describeOffer, findRide } from './demo/booking.ts'
import { tellEarnings } from './demo/earning.ts'
import { approvePapers, handInPapers } from './demo/papers.ts'
import { payOnline, showReceipt } from './demo/paying.ts'
import { signIn } from './demo/people.ts'
import { publish, registerCar, SEATS, SOON } from './demo/publish.ts'
import { tellRefund } from './demo/refunding.ts'
import { allTold, board, changeRide, finished, openRooms } from './demo/riding.ts'
import { chapter, expectThat, step } from './demo/screen.ts'
import { connectOldApp, shareRide, talk } from './demo/talk.ts'
import { POSITIONS, travel } from './demo/travel.ts'

const { values } = parseArgs({
  options: {
    url: { type: 'string', default: 'http://localhost:8787' },
    inbox: { type: 'string', default: 'http://localhost:8788' },
  },
})

/** Two rides, one from sign-in to arrival and one that is given up, with their money, through the public API of a running system. */
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
  const ride = await step(
    'she publishes Bengaluru → Ramanagara → Mandya → Mysuru',
    () => publish(api, asha, car.id, SOON),
    () => `${SEATS} seats, ₹320 each`,
  )
  const { rideId } = ride

  chapter('Two passengers book')
  const ravi = await step('Ravi signs in', () => signIn(api, 'Ravi'))
  const meera = await step('Meera signs in', () => signIn(api, 'Meera'))
  const raviOffer = await step(
    'Ravi searches from the roadside near Bidadi',
    () => findRide(api, ravi, ride, 1),
    describeOffer,
  )
  const meeraOffer = await step(
    'Meera searches for two seats',
    () => findRide(api, meera, ride, 2),
    describeOffer,
  )
  const raviBooking = await step(
    'Ravi books one, and would rather pay online',
    () => book(api, ravi, raviOffer, 'online'),
    ({ state }) => state,
  )
  await step(
    'Meera’s two seats are one too many now',
    () => bookInVain(api, meera, meeraOffer),
    (code) => code,
  )
  const oneSeat = await step('she searches for one', () => findRide(api, meera, ride, 1), describeOffer)
  const meeraBooking = await step(
    'and books it, to pay in the car',
    () => book(api, meera, oneSeat, 'cash'),
    ({ state }) => state,
  )

  chapter('Ravi pays')
  await payOnline(api, ravi, raviBooking.id, 'pending')
  await showReceipt(api, ravi, raviBooking.id)
  await step(
    'Asha hears of him only now, and accepts both',
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
    () => travel(driver, passengers, ride.path),
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

  await tellEarnings(api, asha, rideId)
  await tellRefund(api, asha, car.id, meera)
}

const at = (sorted: readonly number[], share: number) =>
  (sorted[Math.floor(sorted.length * share)] ?? Number.NaN).toFixed(1)

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
