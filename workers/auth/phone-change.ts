import type { PersonRow } from '#db/queries/auth/person.ts'
import { loadProfile } from '#db/queries/auth/profile.ts'
import { Problem } from '#packages/errors/problem.ts'
import type { Ctx } from '../context.ts'
import type { OtpUse } from './otp.ts'
import { readPhone } from './read-phone.ts'

export interface PhoneChange {
  person: PersonRow
  newPhone: string
  /** What the code to the present phone is for: this change and no other. */
  current: OtpUse
  /** What the code to the new phone is for. */
  next: OtpUse
}

/** A change that the caller wants. Throws `phone_not_supported`, `phone_unchanged` or `not_found`. */
export async function readPhoneChange(ctx: Ctx, typed: string): Promise<PhoneChange> {
  const newPhone = readPhone(typed, ctx.settings.PHONE_COUNTRIES)
  const { userId } = ctx.actor
  const person = await loadProfile(ctx.db, userId)
  if (!person) throw new Problem('not_found')
  if (person.phone === newPhone) throw new Problem('phone_unchanged')
  const use = { purpose: 'phone_change', userId } as const
  return {
    ...{ person, newPhone },
    current: { ...use, phone: person.phone, detail: newPhone },
    next: { ...use, phone: newPhone },
  }
}
