import { Problem } from '#packages/errors/problem.ts'
import type { Ctx } from '../context.ts'

/** Google bills typing and choice as one for some minutes. Longer than that nobody looks for one place. */
export const SESSION_MS = 10 * 60_000
/** So long a token that was used is known. */
const REMEMBERED_SECONDS = 24 * 3600

interface Sessions {
  actor: Pick<Ctx['actor'], 'userId'>
  redis: Pick<Ctx['redis'], 'get' | 'set'>
  now: number
}

const options = { nx: true, ex: REMEMBERED_SECONDS } as const

/**
 * Goes on with the session of this token, or begins it. Throws `place_session_ended` when it is over: a place was chosen, or
 * ten minutes have passed. What is said here only saves money, so while Redis does not answer every session goes on.
 */
export async function continueSession(ctx: Sessions, token: string): Promise<void> {
  const [begun, chosen] = await read(ctx, token)
  if (chosen !== null || ctx.now - (begun ?? ctx.now) > SESSION_MS) throw new Problem('place_session_ended')
}

/**
 * Ends the session of this token with a choice. Throws `place_session_ended` where it ended with another place; of several
 * choices at once one is the first.
 * @returns whether this is the choice that ended it, and not the same one again
 */
export async function endSession(ctx: Sessions, token: string, placeId: string): Promise<boolean> {
  const [begun, chosen, isFirst] = await read(ctx, token, placeId)
  const isLate = ctx.now - (begun ?? ctx.now) > SESSION_MS
  if (isLate || (chosen !== null && chosen !== chosenValue(placeId))) throw new Problem('place_session_ended')
  return isFirst
}

/** Never to be taken for a number by the Redis client, which reads values as JSON where it can. */
const chosenValue = (placeId: string) => `chosen ${placeId}`

/** When the session began, Unix ms, what it ended with, and whether it did so just now; all in one round trip. */
async function read({ actor, redis, now }: Sessions, token: string, placeId?: string) {
  const key = `place-session:${actor.userId}:${token}`
  const [, ended, begun, chosen] = await Promise.all([
    redis.set(key, now, options),
    placeId === undefined ? null : redis.set(`${key}:chosen`, chosenValue(placeId), options),
    redis.get<number>(key),
    redis.get<string>(`${key}:chosen`),
  ]).catch(() => [null, 'OK', null, null] as const)
  return [begun, chosen, ended !== null] as const
}
