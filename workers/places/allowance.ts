import { indianDay } from '#packages/calendar/indian-time.ts'
import type { Ctx } from '../context.ts'

/** What one person may have Google asked in a day; then the gazetteer answers. Ten places that are typed in full are some 150. */
export const GOOGLE_QUESTIONS_A_DAY = 500
/** Longer than any day. */
const REMEMBERED_SECONDS = 25 * 3600

interface Asker {
  actor: Pick<Ctx['actor'], 'userId'>
  redis: Pick<Ctx['redis'], 'incr' | 'expire'>
  now: number
}

/** Counts one question, and says whether Google may be asked it. While Redis does not answer it may not: it costs money. */
export async function mayAskGoogle({ actor, redis, now }: Asker): Promise<boolean> {
  const key = `place-questions:${actor.userId}:${indianDay(now)}`
  const [count] = await Promise.all([redis.incr(key), redis.expire(key, REMEMBERED_SECONDS)]).catch(() => [
    Infinity,
  ])
  return (count ?? Infinity) <= GOOGLE_QUESTIONS_A_DAY
}
