import { type KindName, kindOf } from './kinds.ts'
import { type Instants, lateAt } from './late-at.ts'

/** What somebody is to be told. `data` holds ids, an amount and the thread, and no text about anybody. */
export interface News {
  kind: KindName
  userId: string
  data: { thread: string } & Record<string, unknown>
  /** From then on it no longer matters, Unix milliseconds. */
  lateAt: number
}

const NO_INSTANTS: Instants = { answer: null, departure: null, arrival: null }

/**
 * News of a kind for somebody.
 * @param about the id of what its thread is about
 * @param at when it happened, Unix milliseconds
 */
export function newsOf(
  kind: KindName,
  {
    userId,
    about,
    at,
    data = {},
    instants = NO_INSTANTS,
  }: {
    userId: string
    about: string
    at: number
    data?: Record<string, unknown>
    instants?: Instants
  },
): News {
  const { thread, hours, until } = kindOf(kind)
  return {
    ...{ kind, userId, data: { ...data, thread: `${thread}:${about}` } },
    lateAt: lateAt({ hours, ...(until && { until }) }, at, instants),
  }
}
