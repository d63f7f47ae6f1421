import { beforeAll, expect, test } from 'vitest'
import { call, fieldRefusal, refusal } from './client/api.ts'
import { type DeclaredOperation, fillPath, readDocument, readOperations } from './client/document.ts'
import { newAddress, newPhone, type Person, signInDriver } from './client/people.ts'
import { signInWithEveryRole } from './client/staff.ts'

const SEND_OTP = '/api/v1/auth/send-otp'
const MAX_BODY_BYTES = 64 * 1024

let driver: Person
let operations: DeclaredOperation[]
let withBody: DeclaredOperation[]

beforeAll(async () => {
  driver = await signInDriver()
  operations = await readOperations()
  withBody = operations.filter((op) => op.bodySchema !== undefined)
  expect(withBody.length).toBeGreaterThan(8)
})

/** Sends something to every operation that takes a body, as somebody who may call it and has not called any. */
async function sendEverywhere(rawBody: string, expected: object, headers: Record<string, string> = {}) {
  const { token } = await signInWithEveryRole()
  for (const { id, method, path, bodyRequired } of withBody) {
    // To some, nothing at all is a request too.
    if (rawBody === '' && !bodyRequired) continue
    const options = { token, rawBody, headers: { ...newAddress(), ...headers } }
    expect(await call(method, fillPath(path), options), id).toMatchObject(expected)
  }
}

test.each(['{', '', 'phone=1', '{"phone":', '[1,]', "{'a':1}", 'undefined'])(
  '%j is not JSON',
  async (rawBody) => {
    await sendEverywhere(rawBody, refusal(400, 'malformed_json'))
  },
)

test.each(['null', '[]', '"text"', '1', 'true', '[{}]'])('%s is JSON, but no body of ours', async (rawBody) => {
  await sendEverywhere(rawBody, refusal(422, 'invalid_fields'))
})

test.each([
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/jsonp',
])('a body of type %s is refused', async (type) => {
  await sendEverywhere('{}', refusal(415, 'unsupported_media_type'), { 'content-type': type })
})

test('JSON may come with a charset', async () => {
  const headers = { ...newAddress(), 'content-type': 'Application/JSON; charset=utf-8' }
  expect((await call('POST', SEND_OTP, { body: { phone: newPhone() }, headers })).status).toBe(200)
})

test('a field that nobody knows is named, at any depth', async () => {
  const body = { phone: newPhone(), fone: 1 }
  expect(await call('POST', SEND_OTP, { body })).toMatchObject(fieldRefusal('fone'))
  const place = { lat: 12, lng: 77 }
  const query = { pickup: { ...place, alt: 1 }, dropoff: place, at: '2027-01-01T00:00:00Z' }
  expect(await call('POST', '/api/v1/routes/search', { token: driver.token, body: query })).toMatchObject(
    fieldRefusal('pickup.alt'),
  )
  expect(await call('GET', '/api/v1/bookings?limt=5', { token: driver.token })).toMatchObject(
    fieldRefusal('limt'),
  )
})

test('__proto__ in a body is a field that nobody knows, or none', async () => {
  const rawBody = `{"__proto__":{"phone":"${newPhone()}"},"constructor":{"prototype":{}}}`
  expect((await call('POST', SEND_OTP, { rawBody, headers: newAddress() })).status).toBe(422)
})

const padded = (bytes: number) => JSON.stringify({ phone: 'x'.repeat(bytes) })
/** The text in pieces, so that no Content-Length goes ahead. */
function inChunks(text: string): ReadableStream<Uint8Array> {
  const bytes = new TextEncoder().encode(text)
  let at = 0
  return new ReadableStream({
    pull(controller) {
      controller.enqueue(bytes.slice(at, (at += 8192)))
      if (at >= bytes.length) controller.close()
    },
  })
}

test('a body that is too large is refused, declared or in chunks', async () => {
  await sendEverywhere(padded(MAX_BODY_BYTES), refusal(413, 'body_too_large'))
  const headers = newAddress()
  const tooLarge = await call('POST', SEND_OTP, { rawBody: inChunks(padded(MAX_BODY_BYTES)), headers })
  expect(tooLarge).toMatchObject(refusal(413, 'body_too_large'))
  const fits = inChunks(padded(MAX_BODY_BYTES - 100))
  expect(await call('POST', SEND_OTP, { rawBody: fits, headers })).toMatchObject(fieldRefusal('phone'))
})

test.each([
  '/',
  '/api',
  '/api/v1',
  '/api/v1/nothing',
  '/api/v2/bookings',
  '/api/v1/bookings/',
  '/api//v1',
  '/%00',
  '/api/v1/%ff',
])('%s is not there', async (path) => {
  expect(await call('GET', path, { token: driver.token })).toMatchObject(refusal(404, 'not_found'))
})

test('a method that a path does not know is refused with those it knows', async () => {
  const { paths } = await readDocument()
  for (const [path, methods] of Object.entries(paths)) {
    const known = Object.keys(methods).map((method) => method.toUpperCase())
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
      if (known.includes(method)) continue
      const reply = await call(method, fillPath(path), { token: driver.token })
      expect(reply, `${method} ${path}`).toMatchObject(refusal(405, 'method_not_allowed'))
      expect(new Set(reply.headers.get('allow')?.split(', '))).toEqual(new Set(known))
    }
  }
})

test.each(['1', 'me', '00000000-0000-0000-0000-00000000000g', '%20', '%E0%A4%A', '%00', "'; drop table users"])(
  'the id %s cannot exist',
  async (id) => {
    const { token } = await signInWithEveryRole()
    for (const { method, path, bodySchema } of operations.filter((op) => op.path.includes('{'))) {
      const reply = await call(method, fillPath(path, id), { token, ...(bodySchema && { body: {} }) })
      expect(reply, `${method} ${path}`).toMatchObject(refusal(404, 'not_found'))
    }
  },
)

const LISTS = ['/api/v1/bookings', '/api/v1/rides', `/api/v1/routes/driver/${crypto.randomUUID()}`]
test.each(['x', '!!', 'AAAA', Buffer.from('not an id').toString('base64url'), '%00'])(
  'the cursor %s is not ours',
  async (cursor) => {
    for (const list of LISTS)
      expect(await call('GET', `${list}?cursor=${cursor}`, { token: driver.token })).toMatchObject(
        refusal(422, 'invalid_cursor'),
      )
    const place = { lat: 12, lng: 77 }
    const body = { pickup: place, dropoff: { lat: 13, lng: 77 }, at: '2027-01-01T00:00:00Z', cursor }
    expect(await call('POST', '/api/v1/routes/search', { token: driver.token, body })).toMatchObject(
      refusal(422, 'invalid_cursor'),
    )
  },
)

test.each(['0', '101', '-1', '1.5', 'many', ''])('a page of %j is refused', async (limit) => {
  for (const list of LISTS)
    expect(await call('GET', `${list}?limit=${limit}`, { token: driver.token })).toMatchObject(
      fieldRefusal('limit'),
    )
})
