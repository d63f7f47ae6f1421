import { z } from 'zod'
import { call, expectBody } from './api.ts'
import { readJournal } from './inbox.ts'

export const SignedIn = z.object({
  accessToken: z.string(),
  refreshToken: z.string(),
  user: z.object({ id: z.string() }),
})

export interface Person {
  id: string
  phone: string
  token: string
  refreshToken: string
}

/** Indian mobile numbers nobody used before in this run, nor (very likely) in another against the same system. */
let nextNumber = 9_800_000_000 + Math.floor(Math.random() * 99_000_000)
export const newPhone = (): string => `+91${nextNumber++}`

/** A network address of its own, since the limits of the sign-in count by address. */
export function newAddress(): Record<string, string> {
  const groups = crypto.getRandomValues(new Uint16Array(6))
  return { 'cf-connecting-ip': `2001:db8:${[...groups].map((group) => group.toString(16)).join(':')}` }
}

/** The last code that was sent to a phone, from the developer inbox. */
export async function readCode(phone: string): Promise<string> {
  // Texts without a code go to phones too.
  const sms = (await readJournal('sms', phone)).find(({ data }) => 'code' in data)
  if (!sms) throw new Error(`No code was sent to ${phone}`)
  return z.string().parse(sms.data['code'])
}

/** Signs a phone in through the API, as an app would. */
export async function signIn(phone = newPhone()): Promise<Person> {
  const headers = newAddress()
  const sent = await call('POST', '/api/v1/auth/send-otp', { body: { phone }, headers })
  expectBody(sent, 200, z.object({ resendAfter: z.number() }))
  const body = { phone, otp: await readCode(phone) }
  const reply = await call('POST', '/api/v1/auth/verify-otp', { body, headers })
  const { accessToken, refreshToken, user } = expectBody(reply, 200, SignedIn)
  return { id: user.id, phone, token: accessToken, refreshToken }
}

/** Signs in and creates a driver profile. */
export async function signInDriver(name = 'Asha'): Promise<Person> {
  const person = await signIn()
  const reply = await call('PUT', '/api/v1/driver/profile', { token: person.token, body: { name } })
  expectBody(reply, 200, z.object({ name: z.literal(name) }))
  return person
}

/** Signs several people in at once. */
export function signInMany(count: number): Promise<Person[]> {
  return Promise.all(Array.from({ length: count }, () => signIn()))
}
