import { expect, inject } from 'vitest'
import { call } from './api.ts'
import { type Person, signIn } from './people.ts'

export type StaffRole = 'reviewer' | 'operator' | 'finance' | 'administrator'

/** A person of the staff may write 120 times a minute; a driver's papers take three. */
const DRIVERS_PER_REVIEWER = 25

let administrator: Promise<Person> | undefined

/** An administrator that the settings name, signed in once for each test file; the files share them evenly. */
export function theAdministrator(): Promise<Person> {
  administrator ??= signIn(administratorOf(expect.getState().testPath ?? ''))
  return administrator
}

function administratorOf(file: string): string {
  const phones = inject('administrators')
  const sum = Buffer.from(file).reduce((total, byte) => total + byte, 0)
  const phone = phones[sum % phones.length]
  if (phone === undefined) throw new Error('The system under test has no administrator')
  return phone
}

export const roleOf = (person: Person, role: StaffRole): string => `/api/v1/admin/staff/${person.id}/${role}`

/** Somebody new who works as that. */
export async function signInStaff(role: StaffRole): Promise<Person> {
  const [person, { token }] = await Promise.all([signIn(), theAdministrator()])
  const { status } = await call('PUT', roleOf(person, role), { token })
  if (status !== 204) throw new Error(`Granting a role answered ${status}`)
  return person
}

/** Somebody new to whom every operation is open. */
export async function signInWithEveryRole(): Promise<Person> {
  const person = await signInStaff('administrator')
  const reply = await call('PUT', '/api/v1/driver/profile', { token: person.token, body: { name: 'Asha' } })
  if (reply.status !== 200) throw new Error(`Becoming a driver answered ${reply.status}`)
  return person
}

let reviewer: Promise<Person> | undefined
let reviewed = 0

/** A reviewer for the papers of one more driver. */
export function theReviewer(): Promise<Person> {
  if (!reviewer || reviewed++ % DRIVERS_PER_REVIEWER === 0) reviewer = signInStaff('reviewer')
  return reviewer
}
