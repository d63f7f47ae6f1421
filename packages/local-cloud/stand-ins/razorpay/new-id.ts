import { randomInt } from 'node:crypto'

export type IdPrefix = 'order' | 'pay' | 'rfnd' | 'evt' | 'cont' | 'fa' | 'pout'
export type IdSource = (prefix: IdPrefix) => string

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
const LENGTH = 14

/** `order_` and fourteen letters or digits. */
export const randomIds: IdSource = (prefix) =>
  `${prefix}_${Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')}`

/** `order_00000000000001`, `pay_00000000000002`: the same ones in each run, for a test that repeats a failure. */
export function countedIds(): IdSource {
  let last = 0
  return (prefix) => `${prefix}_${String(++last).padStart(LENGTH, '0')}`
}
