import { BoundedMap } from '../bounded-map.ts'

const MAX_SESSIONS = 1_000
/** What Google takes as a token: text that needs no escaping in an address, at most as long as a UUID. */
const TOKEN = /^[\w-]{1,36}$/

/** How a request is billed: alone, as a part of a session, or alone since its session was over. */
export type Billing = 'request' | 'session' | 'reused_session'

/** Autocomplete sessions: a token's first call of details ends it. Google refuses no token that is over; it bills more. */
export class Sessions {
  private readonly ended = new BoundedMap<string, true>(MAX_SESSIONS)

  /** @returns undefined for what is no token */
  bill(token: string | undefined, { ends }: { ends: boolean }): Billing | undefined {
    if (token === undefined) return 'request'
    if (!TOKEN.test(token)) return undefined
    if (this.ended.has(token)) return 'reused_session'
    if (ends) this.ended.set(token, true)
    return 'session'
  }
}
