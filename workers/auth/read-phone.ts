import { parsePhoneNumberFromString } from 'libphonenumber-js/mobile'
import { fieldProblem } from '#packages/errors/problem.ts'

/**
 * A phone number as E.164. Only mobile numbers of the allowed countries can receive a code; a number without a
 * country prefix is read as one of the first allowed country.
 * @param path of the field, for the refusal
 */
export function readPhone(text: string, countries: readonly string[], path = 'phone'): string {
  const [home] = countries
  const phone = parsePhoneNumberFromString(text, { defaultCountry: asCountry(home) })
  if (phone?.isValid() && phone.country && countries.includes(phone.country)) return phone.number
  throw fieldProblem('phone_not_supported', path, `Not a mobile number of ${countries.join(', ')}`)
}

type Country = NonNullable<NonNullable<ReturnType<typeof parsePhoneNumberFromString>>['country']>

/** The library's country type is a list of literals; an unknown code only makes it find no number. */
function asCountry(code: string | undefined): Country {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
  return code as Country
}
