import { inject } from 'vitest'
import { z } from 'zod'
import { call } from './api.ts'

const SignedIn = z.object({
  accessToken: z.string(),
  refreshToken: z.string(),
  user: z.object({ id: z.string() }),
})
const Journal = z.object({ items: z.array(z.object({ data: z.record(z.string(), z.unknown()) })) })

export interface Person {
  id: string
  phone: string
  token: string
  refreshToken: string
}

/** Indian mobile numbers nobody used before in this run, nor (very likely) in another against the same system. */
let nextNumber = 7_000_000_000 + Math.floor(Math.random() * 199_000) * 10_000
export const newPhone = (): string => `+91${nextNumber++}`

/** The last code that was sent to a phone, from the developer inbox. */
export async function readCode(phone: string): Promise<string> {
  const query = new URLSearchParams({ kind: 'sms', to: phone })
  const response = await fetch(new URL(`/api/journal?${query}`, inject('inboxUrl')))
  const [sms] = Journal.parse(await response.json()).items
  if (!sms) throw new Error(`No SMS to ${phone}`)
  return z.string().parse(sms.data['code'])
}

/** Signs a phone in through the API, as an app would. */
export async function signIn(phone = newPhone()): Promise<Person> {
  await call('POST', '/api/v1/auth/send-otp', { body: { phone } })
  const reply = await call('POST', '/api/v1/auth/verify-otp', { body: { phone, otp: await readCode(phone) } })
  const { accessToken, refreshToken, user } = SignedIn.parse(reply.body)
  return { id: user.id, phone, token: accessToken, refreshToken }
}

/** Signs in and creates a driver profile. */
export async function signInDriver(name = 'Asha'): Promise<Person> {
  const person = await signIn()
  await call('PUT', '/api/v1/driver/profile', { token: person.token, body: { name } })
  return person
}
