import { STATE_CODES } from './state-codes.ts'

/**
 * State, registering office, series, number. The first series of an office has no letters, then nobody could tell where
 * the office ends and a shorter number begins; Delhi's have up to three.
 */
const STATE_PLATE = /^([A-Z]{2})(\d{1,2})(?:([A-Z]{1,3})(\d{1,4})|(\d{4}))$/
/**
 * Year of registration, number, series (Central Motor Vehicles Rules, 1989, rule 51B; G.S.R. 594(E) of 26 August 2021).
 * Letters that look like digits are left out. State plates leave them out too, but nothing says that all the older ones do.
 */
const BHARAT_PLATE = /^(\d{2})BH\d{4}[A-HJ-NP-Z]{1,2}$/
const FIRST_BHARAT_YEAR = 21
const NUMBER_DIGITS = 4

/**
 * An Indian number plate in its one normal form, `KA01AB0171`, however it is written (`ka-1 ab 171`); undefined for
 * anything else. Numbers have four digits and offices two, but in Delhi, where a plate says `DL 2C`.
 */
export function readPlate(text: string): string | undefined {
  const plain = text.toUpperCase().replaceAll(/[\s.-]/g, '')
  const [, year] = BHARAT_PLATE.exec(plain) ?? []
  if (year !== undefined) return Number(year) >= FIRST_BHARAT_YEAR ? plain : undefined
  const [, state = '', office = '', series = '', short, full = ''] = STATE_PLATE.exec(plain) ?? []
  const number = short ?? full
  if (!STATE_CODES.has(state) || Number(office) === 0 || Number(number) === 0) return undefined
  const place = state === 'DL' ? String(Number(office)) : office.padStart(2, '0')
  return `${state}${place}${series}${number.padStart(NUMBER_DIGITS, '0')}`
}
