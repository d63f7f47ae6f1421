import type { z } from '@hono/zod-openapi'
import type { StaffAccess } from '#db/queries/staff/load-staff.ts'
import type { ProblemCode } from '#packages/errors/registry.ts'
import type { Actor, Ctx } from '../context.ts'
import type { LimitClass } from './limits.ts'
import type { AnyReply, Replies, Reply } from './reply.ts'

/**
 * Who may call: anyone (`optional` learns who it is where a token comes along), any signed-in user, a user with a driver
 * profile, or a person of the staff with that role; an administrator has all of them.
 */
export type Access = 'public' | 'optional' | 'user' | 'driver' | StaffAccess

export interface Contract<
  A extends Access = Access,
  Params extends z.ZodObject = z.ZodObject,
  Query extends z.ZodObject = z.ZodObject,
  Body extends z.ZodType = z.ZodType,
  R extends Replies = Replies,
> {
  /** camelCase and unique: the OpenAPI operationId and the label of logs and metrics. */
  id: string
  method: 'get' | 'post' | 'put' | 'delete'
  /** Below the base path, with parameters as `{id}`. */
  path: `/${string}`
  tag: string
  summary: string
  access: A
  limit: LimitClass
  /** Honours `Idempotency-Key`. Wanted on every POST that creates or moves something. */
  idempotent?: boolean
  /** Lives may depend on it: while Redis does not answer, the database is asked whether the session stands. */
  vital?: boolean
  /** Writes outbox rows; they are delivered right after the reply. */
  announces?: boolean
  params?: Params
  query?: Query
  body?: Body
  /** It may be left out, and is then an empty object. */
  bodyOptional?: boolean
  /** The body is a form with files (`multipart/form-data`), at most so many bytes in all; absent: it is JSON. */
  formBytes?: number
  /** The media types it answers with where that is no JSON; such an operation returns a `Response`. */
  streams?: readonly string[]
  replies: R
  /** The codes it refuses with, beside those that every operation of its kind can answer. */
  errors: readonly ProblemCode[]
}

interface Input<Params, Query, Body> {
  params: Params
  query: Query
  body: Body
}

/** An operation without its type parameters: what the router, the documents and the tests read. */
export interface Operation extends Contract {
  run(ctx: Ctx<Actor | null>, input: Input<unknown, unknown, unknown>): Promise<AnyReply | Response>
}

type ActorOf<A extends Access> = A extends 'public' ? null : A extends 'optional' ? Actor | null : Actor

/**
 * Defines an operation: its contract and its function, as one value. The function gets validated input and an actor
 * that the contract's access has let in; a `Response` is for upgrades and streams only.
 */
export function operation<
  const A extends Access,
  const R extends Replies,
  Params extends z.ZodObject = z.ZodObject<Record<never, never>>,
  Query extends z.ZodObject = z.ZodObject<Record<never, never>>,
  Body extends z.ZodType = z.ZodUndefined,
>(
  contract: Contract<A, Params, Query, Body, R>,
  run: (
    ctx: Ctx<ActorOf<A>>,
    input: Input<z.output<Params>, z.output<Query>, z.output<Body>>,
  ) => Promise<Reply<R> | Response>,
): Operation {
  return eraseTypes({ ...contract, run })
}

/**
 * Forgets the type parameters of an operation. Sound because the router hands `run` exactly what the contract's own
 * schemas have parsed, and an actor exactly where the access is not public.
 */
function eraseTypes(value: object): Operation {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
  return value as Operation
}
