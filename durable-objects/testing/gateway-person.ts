import { evictDurableObject, runInDurableObject } from 'cloudflare:test'
import { gateways } from './engine-client.ts'

/** A gateway that no other test uses. */
export const newShard = () => `test-${crypto.randomUUID()}`

/** Puts a gateway to sleep, awake or not. */
export async function evict(shard: string): Promise<void> {
  await runInDurableObject(gateways.getByName(shard), () => undefined)
  await evictDurableObject(gateways.getByName(shard))
}

export const newPerson = () => ({ userId: crypto.randomUUID(), sessionId: crypto.randomUUID() })
export type Person = ReturnType<typeof newPerson>

/** The packet by which a person's client asks to be let in. */
export function connect({ userId, sessionId }: Person, more: object = {}): string {
  return `40${JSON.stringify({ token: `${userId} ${sessionId}`, ...more })}`
}
