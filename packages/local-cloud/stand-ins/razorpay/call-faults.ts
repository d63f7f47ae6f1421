import { hang } from '../../egress.ts'
import type { CallName } from './calls.ts'
import type { Rule } from './rules.ts'

/**
 * How a call goes wrong: no answer · 500 · 429 · 200 with something else in it · 308 to another host. With `done` the work was
 * done all the same, and only the answer is lost.
 */
export const CALL_FAULTS = ['hang', 'error', 'busy', 'garbage', 'redirect'] as const
export type CallFaultMode = (typeof CALL_FAULTS)[number]

export interface CallFault extends Rule {
  call: CallName
  mode: CallFaultMode
  done?: boolean | undefined
}

/** A host of nobody. */
export const ELSEWHERE = 'https://gateway.invalid/'

const failure = (status: number, code: string, description: string) =>
  Response.json({ error: { code, description } }, { status })

const ANSWERS: Readonly<Record<CallFaultMode, (signal: AbortSignal) => Response | Promise<Response>>> = {
  hang: (signal) => hang('Razorpay', signal),
  error: () =>
    failure(500, 'SERVER_ERROR', 'We are facing some trouble completing your request at the moment.'),
  busy: () => failure(429, 'BAD_REQUEST_ERROR', 'Request failed. Please try after sometime.'),
  garbage: () => new Response('{"id":"order_', { headers: { 'content-type': 'application/json' } }),
  redirect: () => new Response(null, { status: 308, headers: { location: ELSEWHERE } }),
}

export const brokenAnswer = (mode: CallFaultMode, { signal }: Request) => ANSWERS[mode](signal)
