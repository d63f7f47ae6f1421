import { readPlate } from '../plates/read-plate.ts'
import type { DocumentKind } from './kinds.ts'
import { passesVerhoeff } from './verhoeff.ts'

/** As people and papers write it, and longer than any. */
export const MAX_NUMBER_LENGTH = 40

/** State, office, year of issue and seven digits: KA01 2015 0012345 (Central Motor Vehicles Rules, as Sarathi issues them). */
const LICENCE = /^[A-Z]{2}\d{2}(19|20)\d{2}\d{7}$/
/** Five letters, the fourth a P for a person, four digits, a letter (Income Tax Department). */
const PAN = /^[A-Z]{3}P[A-Z]\d{4}[A-Z]$/
/** Electors Photo Identity Card (Election Commission). */
const VOTER_ID = /^[A-Z]{3}\d{7}$/
/** Twelve digits that begin with neither 0 nor 1, the last a check digit (UIDAI). */
const AADHAAR = /^[2-9]\d{11}$/
/** Insurers, offices and test stations number as they like. */
const ANY = /^(?=.*\d)[A-Z\d][A-Z\d/.-]{4,38}[A-Z\d]$/

const strict: Partial<Record<DocumentKind, (number: string) => boolean>> = {
  driving_licence: (number) => LICENCE.test(number),
  identity: (number) =>
    PAN.test(number) || VOTER_ID.test(number) || (AADHAAR.test(number) && passesVerhoeff(number)),
}

/**
 * Reads the number of a document as it was typed: capitals, without spaces and, where the kind has one form, without
 * dashes. Undefined: no number of this kind.
 * @param plate of the vehicle, which is the number of its registration
 */
export function readNumber(kind: DocumentKind, typed: string, plate: string | null): string | undefined {
  if (kind === 'registration') return plate !== null && readPlate(typed) === plate ? plate : undefined
  const number = typed.toUpperCase().replaceAll(/\s/g, '')
  const bare = number.replaceAll('-', '')
  const fits = strict[kind]
  if (fits) return fits(bare) ? bare : undefined
  return ANY.test(number) ? number : undefined
}

const SHOWN = 4

/** The part of a number that is kept readable. */
export const lastOf = (number: string): string => number.slice(-SHOWN)

/** A number as everybody but a reviewer sees it. */
export const maskNumber = (last: string): string => `•••• ${last}`
