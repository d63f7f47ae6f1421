import { randomInt } from 'node:crypto'
import { z } from 'zod'
import type { Api } from './api.ts'

export interface Person {
  name: string
  id: string
  token: string
}

const Sent = z.object({ expiresIn: z.number() })
const SignedIn = z.object({ accessToken: z.string(), user: z.object({ id: z.string() }) })
const Profile = z.object({ name: z.string() })

/** An Indian mobile number that nobody has; the demo can run again and again on the same data. */
const newPhone = () => `+9198${randomInt(10_000_000, 99_999_999)}`

/** A person signs in with the code from the SMS, and says their name. */
export async function signIn(api: Api, name: string, phone = newPhone()): Promise<Person> {
  await api.call({ method: 'POST', path: '/auth/send-otp', body: { phone } }, Sent)
  const otp = await api.readCode(phone)
  const { accessToken: token, user } = await api.call(
    { method: 'POST', path: '/auth/verify-otp', body: { phone, otp } },
    SignedIn,
  )
  await api.call({ method: 'PUT', path: '/auth/profile', token, body: { name } }, Profile)
  return { name, id: user.id, token }
}
