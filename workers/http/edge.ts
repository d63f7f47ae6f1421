import type { MiddlewareHandler } from 'hono'
import { uuidv7 } from '#packages/ids/uuid.ts'
import { continueTrace, formatTraceparent } from '#packages/trace/trace-context.ts'
import type { Services } from '../context.ts'
import type { AppContext, AppEnv } from './app-env.ts'

const REQUEST_ID = /^[\w-]{8,64}$/
const SWITCHING_PROTOCOLS = 101

/** What every reply carries; it is an API, so nothing may be framed, sniffed, cached or run. */
const fixedHeaders = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=63072000; includeSubDomains',
  'x-content-type-options': 'nosniff',
}

/** The outermost middleware: names the request, continues its trace, and at the end heads, logs and counts it. */
export function edge(services: Services): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const started = performance.now()
    const offered = c.req.header('x-request-id')
    c.set('state', {
      services,
      requestId: offered && REQUEST_ID.test(offered) ? offered : uuidv7(),
      trace: continueTrace(c.req.header('traceparent')),
      address: services.platform.callerAddress(c.req.raw),
      now: Date.now(),
      actor: null,
      operation: undefined,
      headers: new Headers(),
    })
    await next()
    if (c.res.status !== SWITCHING_PROTOCOLS) writeHeaders(c)
    report(c, performance.now() - started)
  }
}

function writeHeaders(c: AppContext): void {
  const { headers, requestId, trace } = c.get('state')
  const reply = c.res.headers
  for (const [name, value] of Object.entries(fixedHeaders)) if (!reply.has(name)) reply.set(name, value)
  for (const [name, value] of headers) reply.set(name, value)
  reply.set('x-request-id', requestId)
  reply.set('traceparent', formatTraceparent(trace))
}

/** One log line and one metrics sample a request. The path is the operation's template: no ids, no query. */
function report(c: AppContext, milliseconds: number): void {
  const { services, requestId, trace, operation, actor } = c.get('state')
  const { status } = c.res
  const label = operation?.id ?? 'unmatched'
  services.metrics.observe(label, status, milliseconds / 1000)
  if (services.metrics.isDue()) services.platform.keepAlive(c, services.metrics.flush())
  services.log.info('request', {
    requestId,
    traceId: trace.traceId,
    spanId: trace.spanId,
    operation: label,
    method: c.req.method,
    path: operation?.path,
    status,
    milliseconds: Math.round(milliseconds),
    userId: actor?.userId,
  })
}
