import { ALL_INDIA } from './requirement.ts'

/** Codes on older plates, and those that several authorities use, as ISO 3166-2:IN has them since 2023. */
const renamed: Readonly<Record<string, string>> = { OR: 'OD', UA: 'UK', TG: 'TS', DN: 'DH', DD: 'DH' }

/** The region whose rules a vehicle is under: the state of its plate; a plate of the BH series is of all India. */
export function regionOf(plate: string): string {
  const [, state] = /^([A-Z]{2})\d/.exec(plate) ?? []
  return state === undefined ? ALL_INDIA : `${ALL_INDIA}-${renamed[state] ?? state}`
}
