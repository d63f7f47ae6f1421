import { afterEach, expect, test } from 'vitest'
import { type ApiReply, call, refusal } from './client/api.ts'
import { readJournal, setFault } from './client/inbox.ts'
import { newAddress, newPhone, readCode, signIn } from './client/people.ts'

/** More than any budget of a phone or an address has here. */
const ENOUGH = 150
const HOURS_12 = 12 * 3600

afterEach(async () => {
  for (const service of ['redis', 'sms'] as const) await setFault(service, 'up')
})

const ask = (phone: string, headers = newAddress()) =>
  call('POST', '/api/v1/auth/send-otp', { body: { phone }, headers })
const exhausted = refusal(429, 'otp_budget_exhausted')

/** Asks until something else than 200 comes. */
async function askUntilRefused(askOnce: () => Promise<ApiReply>): Promise<{ sent: number; reply: ApiReply }> {
  for (let sent = 0; sent < ENOUGH; sent++) {
    const reply = await askOnce()
    if (reply.status !== 200) return { sent, reply }
  }
  throw new Error(`${ENOUGH} codes were sent, and nothing was refused`)
}

/** Somewhere else in the network of an address. */
function neighbourOf(headers: Record<string, string>): Record<string, string> {
  const network = headers['cf-connecting-ip']?.split(':').slice(0, 4).join(':')
  const [host = 0, other = 0] = crypto.getRandomValues(new Uint16Array(2))
  return { 'cf-connecting-ip': `${network}:${host.toString(16)}::${other.toString(16)}` }
}

test('signing in again and again does not send SMS without end', async () => {
  const phone = newPhone()
  const { sent, reply } = await askUntilRefused(async () => {
    const asked = await ask(phone)
    if (asked.status !== 200) return asked
    const body = { phone, otp: await readCode(phone) }
    return call('POST', '/api/v1/auth/verify-otp', { body, headers: newAddress() })
  })
  expect(sent).toBeGreaterThanOrEqual(5)
  expect(reply).toMatchObject(exhausted)
  const wait = Number(reply.headers.get('retry-after'))
  expect(wait).toBeGreaterThan(0)
  expect(wait).toBeLessThanOrEqual(HOURS_12)
  expect(Object(reply.body).detail).not.toMatch(/\d/)
  expect(await readJournal('sms', phone)).toHaveLength(sent)
  // Its budget, and nobody else's.
  expect((await ask(newPhone())).status).toBe(200)
}, 60_000)

test('a network has one budget, from whichever of its addresses it asks', async () => {
  const headers = newAddress()
  const { sent, reply } = await askUntilRefused(() => ask(newPhone(), neighbourOf(headers)))
  expect(sent).toBe(100)
  expect(reply).toMatchObject(exhausted)
  expect(Number(reply.headers.get('retry-after'))).toBeLessThanOrEqual(3600)
  const phone = newPhone()
  expect(await ask(phone, neighbourOf(headers))).toMatchObject(exhausted)
  expect(await readJournal('sms', phone)).toEqual([])
  // What was refused counted nothing for the phone: from elsewhere it gets its code at once.
  expect((await ask(phone)).status).toBe(200)
}, 60_000)

test('a code that could not be sent costs nothing', async () => {
  const headers = newAddress()
  await setFault('sms', 'refuse')
  const phones = Array.from({ length: 120 }, newPhone)
  for (const phone of phones) expect(await ask(phone, headers)).toMatchObject(refusal(503, 'sms_not_sent'))
  await setFault('sms', 'up')
  expect((await ask(newPhone(), headers)).status).toBe(200)
}, 60_000)

test.each(['refuse', 'hang'] as const)('while Redis would %s, nothing is sent', async (mode) => {
  const { token, phone: present } = await signIn()
  const [phone, next] = [newPhone(), newPhone()]
  await setFault('redis', mode)
  expect(await ask(phone)).toMatchObject(refusal(503, 'dependency_unavailable'))
  const change = await call('POST', '/api/v1/auth/phone-change', { token, body: { phone: next } })
  expect(change).toMatchObject(refusal(503, 'dependency_unavailable'))
  await setFault('redis', 'up')
  expect(await readJournal('sms', phone)).toEqual([])
  expect(await readJournal('sms', next)).toEqual([])
  expect(await readJournal('sms', present)).toHaveLength(1)
})
