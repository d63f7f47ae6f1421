import type { TrustedContact } from '#db/queries/auth/person.ts'
import { fieldProblem } from '#packages/errors/problem.ts'
import { readPhone } from './read-phone.ts'

/** Trusted contacts with their phones as E.164. Throws where one is no phone of ours, or is there twice. */
export function readContacts(
  typed: readonly TrustedContact[] | undefined,
  countries: readonly string[],
): TrustedContact[] | undefined {
  const contacts = typed?.map(({ name, phone }, n) => ({
    name,
    phone: readPhone(phone, countries, `trustedContacts.${n}.phone`),
  }))
  const phones = contacts?.map(({ phone }) => phone) ?? []
  const again = phones.findIndex((phone, n) => phones.indexOf(phone) !== n)
  if (again >= 0)
    throw fieldProblem('invalid_fields', `trustedContacts.${again}.phone`, 'This number is there twice')
  return contacts
}
