import type { OpenAPIHono } from '@hono/zod-openapi'
import { createMiddleware } from 'hono/factory'
import { Problem } from '#packages/errors/problem.ts'
import { acceptBody } from './accept-body.ts'
import type { AppContext, AppEnv } from './app-env.ts'
import { authorize } from './authorize.ts'
import { describeRoute } from './describe-route.ts'
import { readKey } from './idempotency.ts'
import type { Operation } from './operation.ts'
import { performOperation } from './perform-operation.ts'

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
    middleware: op.body ? [openGate(op), acceptBody(op)] : openGate(op),
  }
  app.openapi(
    route,
    untyped((c) => performOperation(op, c)),
  )
}

/** What must hold before the input is looked at: who is calling, how often, and under which key. */
function openGate(op: Operation) {
  return createMiddleware<AppEnv>(async (c, next) => {
    c.get('state').operation = op
    await authorize(op, c)
    if (op.idempotent) readKey(c.req.raw.headers)
    await next()
  })
}

/**
 * The handler of a route whose reply types the router cannot see, because it comes from a list. The operation's own
 * function was checked against its replies where it was written.
 */
function untyped(handler: (c: AppContext) => Promise<Response>): (c: AppContext) => Promise<never> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
  return handler as (c: AppContext) => Promise<never>
}
