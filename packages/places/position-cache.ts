import { z } from 'zod'
import type { Position } from '#packages/geo/position.ts'
import type { Place } from './place.ts'

/** Google lets coordinates be kept for 30 days; ids for ever, and nothing else at all. A day less, and no clock matters. */
export const POSITION_SECONDS = 29 * 24 * 3600

/** What remembers for a while, such as Redis. */
export interface Memory {
  get(key: string): Promise<unknown>
  set(key: string, value: Position, options: { ex: number }): Promise<unknown>
}

const Kept = z.object({ lat: z.number().min(-90).max(90), lng: z.number().min(-180).max(180) })
const keyOf = (placeId: string) => `place-position:${placeId}`

/** Where places of Google's are, as far as it is remembered; a memory that does not answer remembers nothing. */
export function positionCache(memory: Memory) {
  const keep = async (placeId: string, { lat, lng }: Position): Promise<void> => {
    await memory.set(keyOf(placeId), { lat, lng }, { ex: POSITION_SECONDS }).catch(() => undefined)
  }
  return {
    keep,
    async keepAll(places: readonly Place[]): Promise<void> {
      await Promise.all(places.map(({ placeId, position }) => keep(placeId, position)))
    },
    async recall(placeId: string): Promise<Position | undefined> {
      const kept = await memory.get(keyOf(placeId)).catch(() => undefined)
      return Kept.safeParse(kept).data
    },
  }
}
