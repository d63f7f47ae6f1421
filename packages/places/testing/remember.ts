import type { Position } from '#packages/geo/position.ts'

/** What was remembered, with the seconds for which. */
export const kept = new Map<string, { value: unknown; ex: number }>()

/** A memory that never forgets. */
export const memory = {
  get: async (key: string) => kept.get(key)?.value ?? null,
  set: async (key: string, value: Position, { ex }: { ex: number }) => void kept.set(key, { value, ex }),
}
