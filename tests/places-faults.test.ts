import { afterEach, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { expectBody, refusal } from './client/api.ts'
import { setFault } from './client/inbox.ts'
import { type Person, signIn } from './client/people.ts'
import { askPlaces, suggest } from './client/places.ts'

/** Whoever types waits no longer, whatever is down. */
const AT_MOST_MS = 1_500
const MODES = ['refuse', 'hang', 'garbage'] as const
/** Google is left in peace for ten seconds after it failed three times. */
const RECOVERED_WITHIN_MS = 15_000
const Sourced = z.object({ source: z.string() })

afterEach(async () => {
  for (const service of ['places', 'geocoding'] as const) await setFault(service, 'up')
})

async function inTime<Reply>(ask: () => Promise<Reply>, atMost = AT_MOST_MS): Promise<Reply> {
  const started = performance.now()
  const reply = await ask()
  expect(performance.now() - started).toBeLessThan(atMost)
  return reply
}

const sourceOf = async (person: Person, input: string) => (await suggest(person, input))[0]?.source
const recovered = (person: Person) =>
  vi.waitFor(async () => expect(await sourceOf(person, 'kolk')).toBe('google'), {
    timeout: RECOVERED_WITHIN_MS,
    interval: 500,
  })

test.each(MODES)(
  'when Google would %s, the gazetteer suggests in time, and leads to a place',
  async (mode) => {
    const person = await signIn()
    await recovered(person)
    const [ofGoogle] = await suggest(person, 'mysore')
    await setFault('places', mode)
    const [first] = await inTime(() => suggest(person, 'banglore'))
    expect(first).toMatchObject({ name: 'Bengaluru', source: 'geonames' })
    expect(await askPlaces(person, `details/${first?.placeId}`)).toMatchObject({
      status: 200,
      body: { name: 'Bengaluru', source: 'geonames' },
    })
    // What only Google knows is not there now, and is not said to be unknown.
    const reply = await inTime(() => askPlaces(person, `details/${ofGoogle?.placeId}`), 2_000)
    expect(reply).toMatchObject(refusal(503, 'dependency_unavailable'))
    await setFault('places', 'up')
    await recovered(person)
  },
  40_000,
)

test.each(MODES)(
  'when geocoding would %s, towns are found all the same',
  async (mode) => {
    const person = await signIn()
    await setFault('geocoding', mode)
    const found = await inTime(() => askPlaces(person, 'geocode', { address: 'MG Road, Mysuru' }), 2_000)
    expect(found).toMatchObject({ status: 200, body: { items: [{ name: 'Mysore', source: 'geonames' }] } })
    const reply = await inTime(
      () => askPlaces(person, 'reverse-geocode', { lat: '12.31', lng: '76.65' }),
      2_000,
    )
    expect(reply).toMatchObject({ status: 200, body: { name: 'Mysore', source: 'geonames' } })
    await setFault('geocoding', 'up')
    await vi.waitFor(
      async () => {
        const back = await askPlaces(person, 'reverse-geocode', { lat: '12.31', lng: '76.65' })
        expect(expectBody(back, 200, Sourced).source).toBe('google')
      },
      { timeout: RECOVERED_WITHIN_MS, interval: 500 },
    )
  },
  40_000,
)

test('while Google hangs nobody waits for it at every letter', async () => {
  const person = await signIn()
  await setFault('places', 'hang')
  for (const input of ['c', 'ch', 'che', 'chen']) await suggest(person, input)
  const started = performance.now()
  for (const input of ['chenn', 'chenna', 'chennai', 'madras']) {
    const [first] = await suggest(person, input)
    expect(first).toMatchObject({ name: 'Chennai', source: 'geonames' })
  }
  expect(performance.now() - started).toBeLessThan(AT_MOST_MS)
  await setFault('places', 'up')
  await recovered(person)
}, 40_000)

test('letters of India are read while Google is away', async () => {
  const person = await signIn()
  await setFault('places', 'refuse')
  for (const [input, name] of [
    ['मुंबई', 'Mumbai'],
    ['ಬೆಂಗಳೂರು', 'Bengaluru'],
    ['சென்னை', 'Chennai'],
  ] as const)
    expect((await suggest(person, input))[0]?.name).toBe(name)
  await setFault('places', 'up')
  await recovered(person)
}, 40_000)
