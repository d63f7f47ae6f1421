import { distanceMetres, type Position } from '#packages/geo/position.ts'
import { REACHED_METRES, REACHED_MS } from './limits.ts'

/** Somewhere the car is expected to come to, by a key that names it. */
export interface Goal extends Position {
  key: string
}

/**
 * The goals that the car is near to, since when, and those of them that are reached now: it has been near for long enough.
 * @param near what this returned for the position before
 * @param at the device's time of the position, Unix milliseconds
 */
export function detectReached(
  near: Readonly<Record<string, number>>,
  goals: readonly Goal[],
  car: Position,
  at: number,
): { near: Record<string, number>; reached: Goal[] } {
  const still: Record<string, number> = {}
  const reached: Goal[] = []
  for (const goal of goals) {
    if (distanceMetres(goal, car) > REACHED_METRES) continue
    const since = near[goal.key] ?? at
    if (at - since >= REACHED_MS) reached.push(goal)
    else still[goal.key] = since
  }
  return { near: still, reached }
}
