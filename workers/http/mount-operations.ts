import type { OpenAPIHono } from '@hono/zod-openapi'
import { createMiddleware } from 'hono/factory'
import { Problem } from '#packages/errors/problem.ts'
import { acceptBody } from './accept-body.ts'
import type { AppContext, AppEnv } from './app-env.ts'
import { authorize } from './authorize.ts'
import { describeRoute } from './describe-route.ts'
import { runOnce } from './idempotency.ts'
import { MAX_BODY_BYTES } from './limits.ts'
import type { Operation } from './operation.ts'
import { problemReply, toProblem } from './problem-reply.ts'

/**
 * Puts every operation on the router below the base path, and answers 405 for the methods a path does not know.
 * Paths without parameters come first: `/routes/search` is not a route with the id "search".
 */
export function mountOperations(app: OpenAPIHono<AppEnv>, operations: readonly Operation[]): void {
  const literalFirst = operations.toSorted((a, b) => parameterCount(a) - parameterCount(b))
  for (const [path, known] of Map.groupBy(literalFirst, (op) => op.path)) {
    for (const op of known) mount(app, op)
    const allow = known.map((op) => op.method.toUpperCase()).join(', ')
    app.all(path.replaceAll(/\{(\w+)\}/g, ':$1'), (c) => {
      c.get('state').headers.set('allow', allow)
      throw new Problem('method_not_allowed', { detail: `Allowed: ${allow}` })
    })
  }
}

function parameterCount({ path }: Operation): number {
  return path.split('{').length - 1
}

function mount(app: OpenAPIHono<AppEnv>, op: Operation): void {
  const route = {
    ...describeRoute(op),
    middleware: op.body ? [openGate(op), acceptBody(MAX_BODY_BYTES)] : openGate(op),
  }
  app.openapi(
    route,
    untyped((c) => perform(op, c)),
  )
}

/** What must hold before the input is looked at: who is calling, and how often. */
function openGate(op: Operation) {
  return createMiddleware<AppEnv>(async (c, next) => {
    c.get('state').operation = op
    await authorize(op, c)
    await next()
  })
}

async function perform(op: Operation, c: AppContext): Promise<Response> {
  const state = c.get('state')
  const { services, actor, now, requestId } = state
  const run = async (): Promise<Response> => {
    try {
      const about = { actor, now, requestId, request: c.req.raw, replyHeaders: state.headers }
      const ctx = { ...services, ...about, defer: deferrer(c) }
      const reply = await op.run(ctx, validInput(c))
      if (reply instanceof Response) return reply
      return reply.body === null
        ? new Response(null, { status: reply.status })
        : Response.json(reply.body, { status: reply.status })
    } catch (error) {
      const problem = toProblem(error)
      // Only what is given again has to be a reply already here; how the rest is refused is for the edge to say.
      if (problem.status >= 500 || !op.idempotent) throw problem
      return problemReply(problem, requestId)
    }
  }
  const body = op.body ? await c.req.text() : ''
  const call = { services, operationId: op.id, request: c.req.raw, body, now }
  const reply = await (op.idempotent && actor ? runOnce({ ...call, actor }, run) : run())
  if (op.announces && reply.ok) deferrer(c)(services.drainOutbox())
  return reply
}

/** Lets work go on after the reply, and logs it when it fails. */
function deferrer(c: AppContext): (work: Promise<unknown>) => void {
  const { services, requestId } = c.get('state')
  return (work) =>
    services.platform.keepAlive(
      c,
      work.catch((error: unknown) => services.log.error('deferred work failed', { requestId, error })),
    )
}

/**
 * The handler of a route whose reply types the router cannot see, because it comes from a list. The operation's own
 * function was checked against its replies where it was written.
 */
function untyped(handler: (c: AppContext) => Promise<Response>): (c: AppContext) => Promise<never> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
  return handler as (c: AppContext) => Promise<never>
}

/**
 * The input that the validators of this operation's route have parsed. Hono types it by route, which a list of
 * operations does not have; the operation's own types hold because its own schemas did the parsing.
 */
function validInput(c: AppContext): { params: unknown; query: unknown; body: unknown } {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
  const valid = (target: 'param' | 'query' | 'json'): unknown => c.req.valid(target as never)
  return { params: valid('param'), query: valid('query'), body: valid('json') }
}
