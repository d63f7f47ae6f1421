import type { z } from '@hono/zod-openapi'

/** What an operation may answer with: a schema per status, `null` where there is no body. */
export type Replies = Record<number, z.ZodType | null>

/** A reply that fits one of the declared ones. */
export type Reply<R extends Replies> = {
  [Status in keyof R & number]: {
    status: Status
    body: R[Status] extends z.ZodType ? z.input<R[Status]> : null
  }
}[keyof R & number]

/** A reply of any operation, as the router sees it. */
export interface AnyReply {
  status: number
  body: unknown
}

export function ok<Body>(body: Body): { status: 200; body: Body } {
  return { status: 200, body }
}

export function created<Body>(body: Body): { status: 201; body: Body } {
  return { status: 201, body }
}

export function noContent(): { status: 204; body: null } {
  return { status: 204, body: null }
}
