import { beforeAll, expect, test } from 'vitest'
import { call, fieldRefusal, refusal } from './client/api.ts'
import { readJournal } from './client/inbox.ts'
import { type Person, signIn } from './client/people.ts'
import { askPlaces, suggest } from './client/places.ts'

let person: Person
beforeAll(async () => {
  person = await signIn()
})

const bengaluru = { lat: '12.9716', lng: '77.5946' }
const over = refusal(409, 'place_session_ended')
const bad = refusal(422, 'invalid_fields')
/** The town of the gazetteer. */
const MYSORE = 'gn.1262321'

test('a passenger types, chooses, and knows where it is, billed as one session', async () => {
  const sessionToken = crypto.randomUUID()
  await suggest(person, 'mys', { sessionToken, ...bengaluru })
  const [first] = await suggest(person, 'mysor', { sessionToken, ...bengaluru })
  expect(first).toMatchObject({ name: 'Mysore', text: 'Mysore, Karnataka, India', source: 'google' })
  expect(first?.distance).toBeGreaterThan(100_000)
  const reply = await askPlaces(person, `details/${first?.placeId}`, { sessionToken })
  expect(reply).toMatchObject({
    status: 200,
    body: {
      placeId: first?.placeId,
      name: 'Mysore',
      address: 'Mysore, Karnataka, India',
      locality: 'Mysore',
      state: 'Karnataka',
      position: { lat: expect.closeTo(12.3, 1), lng: expect.closeTo(76.64, 1) },
      source: 'google',
    },
  })
  const billed = (await readJournal('maps', sessionToken)).map(({ data }) => data['billed'])
  expect(billed).toEqual(['session', 'session', 'session'])
})

test('a session that is over is refused; the same choice again is not, and is not of the session', async () => {
  const sessionToken = crypto.randomUUID()
  const [first, second] = await suggest(person, 'pun', { sessionToken })
  const choose = (placeId = '') => askPlaces(person, `details/${placeId}`, { sessionToken })
  expect((await choose(first?.placeId)).status).toBe(200)
  expect((await choose(first?.placeId)).status).toBe(200)
  expect(await choose(second?.placeId)).toMatchObject(over)
  expect(await askPlaces(person, 'autocomplete', { input: 'pun', sessionToken })).toMatchObject(over)
  const billed = (await readJournal('maps', sessionToken)).map(({ data }) => data['billed'])
  expect(billed).toEqual(['session', 'session'])
  // The token is another person's to use.
  expect(await suggest(await signIn(), 'pun', { sessionToken })).not.toEqual([])
})

test('of several choices at once one ends the session', async () => {
  const sessionToken = crypto.randomUUID()
  const suggested = await suggest(person, 'na', { sessionToken })
  const replies = await Promise.all(
    suggested.map(({ placeId }) => askPlaces(person, `details/${placeId}`, { sessionToken })),
  )
  const statuses = replies.map(({ status }) => status).toSorted((a, b) => a - b)
  expect(statuses).toEqual([200, ...suggested.slice(1).map(() => 409)])
})

test('the language is that of the app, else that of the account', async () => {
  const reader = await signIn()
  const language = async (headers: Record<string, string>) => {
    const sessionToken = crypto.randomUUID()
    await askPlaces(reader, 'autocomplete', { input: 'del', sessionToken }, headers)
    return (await readJournal('maps', sessionToken))[0]?.data['language']
  }
  expect(await language({ 'accept-language': 'kn-IN,en;q=0.5' })).toBe('kn')
  expect(await language({ 'accept-language': 'fr' })).toBe('en')
  const change = { token: reader.token, body: { language: 'ta' } }
  expect((await call('PUT', '/api/v1/auth/profile', change)).status).toBe(200)
  expect(await language({ 'accept-language': 'fr' })).toBe('ta')
})

test('near places come first', async () => {
  const [far] = await suggest(person, 'nan')
  const [near] = await suggest(person, 'nan', { lat: '12.3', lng: '76.65' })
  expect(near?.distance).toBeLessThan(50_000)
  expect(near?.placeId).not.toBe(far?.placeId)
})

test('an address has its places, and a position its address', async () => {
  const found = await askPlaces(person, 'geocode', { address: 'Udaipur, Tripura' })
  expect(found).toMatchObject({
    status: 200,
    body: { items: [{ name: 'Udaipur', state: 'Tripura', source: 'google' }], nextCursor: null },
  })
  expect(await askPlaces(person, 'geocode', { address: 'nowhere at all' })).toMatchObject({
    status: 200,
    body: { items: [] },
  })
  expect(await askPlaces(person, 'reverse-geocode', { lat: '12.30', lng: '76.64' })).toMatchObject({
    status: 200,
    body: { name: 'Mysore', source: 'google' },
  })
})

test('a place of the gazetteer is known whoever suggested it', async () => {
  expect(await askPlaces(person, `details/${MYSORE}`)).toMatchObject({
    status: 200,
    body: { placeId: MYSORE, name: 'Mysore', position: { lat: 12.298, lng: 76.639 }, source: 'geonames' },
  })
})

test.each([
  ...['gn.1', 'gn.01262321', 'gn.', 'gn.12623219999999999', 'ChIJ', 'ChIJnobodyKnowsThisPlaceAtAll'],
  ...['..%2F..%2Fx', 'x'.repeat(500), '%00', 'a%20b', "';drop table users;--"],
])('no place is %.40s', async (placeId) => {
  expect(await askPlaces(person, `details/${placeId}`)).toMatchObject(refusal(404, 'not_found'))
})

test.each([
  ['a', 'b'],
  ['91', '77'],
  ['-90.1', '77'],
  ['12', '180.5'],
  ['12', 'NaN'],
  ['12', '1e2'],
  ['12', 'Infinity'],
  ['', ''],
  ['12', '0x4d'],
])('%s, %s is no position', async (lat, lng) => {
  expect(await askPlaces(person, 'reverse-geocode', { lat, lng })).toMatchObject(bad)
  expect(await askPlaces(person, 'autocomplete', { input: 'x', lat, lng })).toMatchObject(bad)
})

test('half a position is none, and London is not served', async () => {
  expect(await askPlaces(person, 'autocomplete', { input: 'x', lat: '12' })).toMatchObject(fieldRefusal('lng'))
  expect(await askPlaces(person, 'reverse-geocode', { lat: '12' })).toMatchObject(fieldRefusal('lng'))
  expect(await askPlaces(person, 'reverse-geocode', { lat: '51.5', lng: '-0.12' })).toMatchObject(
    refusal(422, 'outside_service_area'),
  )
})

test.each(['', ' ', 'x'.repeat(101), 'a\u0000b', 'a\nb', '\u007f'])('nobody types %.9j', async (input) => {
  expect(await askPlaces(person, 'autocomplete', { input })).toMatchObject(fieldRefusal('input'))
  const address = input.repeat(3)
  expect(await askPlaces(person, 'geocode', { address })).toMatchObject(fieldRefusal('address'))
})

test.each([
  "'; drop table users; --",
  '<script>alert(1)</script>',
  '../../etc/passwd',
  '%00',
  '{"$gt":""}',
  '🚗',
  'ﷺ',
])('%s is looked for as it is written', async (input) => {
  expect((await askPlaces(person, 'autocomplete', { input })).status).toBe(200)
  expect((await askPlaces(person, 'geocode', { address: input })).status).toBe(200)
})

test.each([
  { sessionToken: 'abc' },
  { sessionToken: '' },
  { limit: '0' },
  { limit: '11' },
  { limit: 'x' },
  { radius: '5' },
])('%j is refused by name', async (query) => {
  const [field = ''] = Object.keys(query)
  const asked = { input: 'pune', ...query }
  expect(await askPlaces(person, 'autocomplete', asked)).toMatchObject(fieldRefusal(field))
})

test.each(['autocomplete?input=x', 'geocode?address=x', 'reverse-geocode?lat=12&lng=77', `details/${MYSORE}`])(
  'a guest gets nothing from %s',
  async (path) => {
    expect(await call('GET', `/api/v1/places/${path}`)).toMatchObject(refusal(401, 'unauthenticated'))
  },
)

test('each person may ask so often', async () => {
  const eager = await signIn()
  const ask = () => askPlaces(eager, `details/${MYSORE}`)
  const statuses = new Set<number>()
  for (let round = 0; round < 40 && !statuses.has(429); round++) {
    const replies = await Promise.all([ask(), ask(), ask(), ask(), ask()])
    for (const reply of replies) statuses.add(reply.status)
  }
  expect([...statuses]).toEqual([200, 429])
  expect(await ask()).toMatchObject(refusal(429, 'rate_limited'))
  expect((await askPlaces(person, `details/${MYSORE}`)).status).toBe(200)
})
