import type { Window } from '#packages/calendar/indian-time.ts'
import { LONGEST_WINDOW_DAYS } from '#packages/corridor/query-keys.ts'
import { fieldProblem } from '#packages/errors/problem.ts'
import { MAX_NOTICE_MS } from '#packages/routes/notice.ts'
import { MAX_WINDOW_DAYS } from './limits.ts'

const DAY_MS = 24 * 3600_000

/**
 * Refuses a window that is over, runs backwards, is too long, or ends when nobody publishes rides yet.
 * @param now Unix milliseconds
 * @param fields where its ends are in the request: one each, or one for both
 */
export function checkWindow(
  { earliest, latest }: Window,
  now: number,
  fields: Record<keyof Window, string> | string,
): void {
  const named = typeof fields === 'string' ? { earliest: fields, latest: fields } : fields
  const refuse = (end: keyof Window, message: string) =>
    fieldProblem('window_out_of_range', named[end], message)
  if (latest <= now) throw refuse('latest', 'In the past')
  if (latest > now + MAX_NOTICE_MS) throw refuse('latest', 'More than 180 days from now')
  if (earliest > latest) throw refuse('earliest', 'After `latest`')
  if (latest - earliest > MAX_WINDOW_DAYS * DAY_MS)
    throw refuse('earliest', `More than ${MAX_WINDOW_DAYS} days before \`latest\``)
}

/** The windows, one after the other and together the same, in which rides can be looked up at once. */
export function splitWindow({ earliest, latest }: Window): Window[] {
  const longest = LONGEST_WINDOW_DAYS * DAY_MS
  const parts: Window[] = []
  for (let from = earliest; from <= latest; from += longest)
    parts.push({ earliest: from, latest: Math.min(latest, from + longest - 1) })
  return parts
}
