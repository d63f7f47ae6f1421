import { randomUUID } from 'node:crypto'

export type Role = 'driver' | 'viewer'

/** Who is in which ride. */
export interface Seat {
  /** A ride's id; its driver is the person with the same id. */
  room: string
  role: Role
  user: string
}

/** A new ride with its people, the driver first. */
export function newRide(viewers: number): Seat[] {
  const room = randomUUID()
  const others = Array.from({ length: viewers }, () => ({ room, role: 'viewer', user: randomUUID() }) as const)
  return [{ room, role: 'driver', user: room }, ...others]
}

/** Steps of a linear congruential generator, by Numerical Recipes: enough to mix up an order. */
const FACTOR = 1_664_525
const STEP = 1_013_904_223
const SEED = 2026

/** In no order, but for so many in the same one each time. */
export function shuffled<T>(ordered: readonly T[]): T[] {
  let state = SEED
  const places = ordered.map((item) => {
    state = (Math.imul(state, FACTOR) + STEP) >>> 0
    return { item, place: state }
  })
  return places.toSorted((a, b) => a.place - b.place).map(({ item }) => item)
}
