/** How many gateways there may be. One is used when those before it are full, so few people are behind few of them. */
const SHARDS = 64
/**
 * Sessions of one gateway. What a room says costs a call for each gateway with a member of it, so few full ones are better
 * than many that are nearly empty; a Durable Object carries this many with ease.
 */
export const SESSIONS_PER_SHARD = 2_000
/** So many gateways are asked for a place before a client is told to come back later. */
const MAX_ASKED = 8
/** Which gateways are full is found out anew after this long. */
const REMEMBER_FULL_MS = 30_000

/** The names of all gateways. A client can name no other, so none can make objects. */
const shards: readonly string[] = Array.from({ length: SHARDS }, (_, index) => `g${index}`)
const known = new Set(shards)

/** The gateway of a session: the part of its id before the dot. Null for an id that is not one of ours. */
export function shardOf(sid: string): string | null {
  const shard = sid.slice(0, sid.indexOf('.'))
  return known.has(shard) ? shard : null
}

/** Finds gateways with room for new sessions: the first ones first. */
export class ShardPicker {
  #first = 0
  #since = 0

  /** The gateways to ask, in this order. @param now Unix milliseconds */
  candidates(now: number): string[] {
    if (now - this.#since >= REMEMBER_FULL_MS) {
      this.#first = 0
      this.#since = now
    }
    return Array.from({ length: MAX_ASKED }, (_, n) => shards[(this.#first + n) % SHARDS] ?? 'g0')
  }

  /** A gateway had no place: for a while the search begins behind it. */
  noteFull(shard: string): void {
    if (shards[this.#first] === shard) this.#first = (this.#first + 1) % SHARDS
  }
}
