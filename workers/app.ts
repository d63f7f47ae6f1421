import { OpenAPIHono } from '@hono/zod-openapi'
import { cors } from 'hono/cors'
import { Problem } from '#packages/errors/problem.ts'
import { wantsSocket } from '#packages/network/wants-socket.ts'
import type { Services } from './context.ts'
import type { AppEnv } from './http/app-env.ts'
import { documentInfo } from './http/document-info.ts'
import { edge } from './http/edge.ts'
import { explainIssues } from './http/explain-issues.ts'
import { mountOperations } from './http/mount-operations.ts'
import { problemReply, toProblem } from './http/problem-reply.ts'
import { SOCKET_IO_PATH, serveSocketIo } from './http/serve-socket-io.ts'
import { apiOperations, rootOperations } from './operations.ts'

export const BASE_PATH = '/api/v1'

/** The whole application: middlewares in the order a request meets them, then the operations, then the refusals. */
export function createApp(services: Services): OpenAPIHono<AppEnv> {
  const app = new OpenAPIHono<AppEnv>({ defaultHook: explainIssues })
  app.all(SOCKET_IO_PATH, (c) =>
    serveSocketIo(services, c.req.raw, (work) => services.platform.keepAlive(c, work)),
  )
  app.use(edge(services))

  const allowOrigin = cors({
    origin: services.settings.CORS_ORIGINS,
    exposeHeaders: ['X-Request-Id', 'Retry-After'],
    maxAge: 7200,
  })
  // Phones send no Origin, so only browsers pay for this.
  app.use((c, next) => (c.req.header('origin') ? allowOrigin(c, next) : next()))

  const api = new OpenAPIHono<AppEnv>({ defaultHook: explainIssues })
  mountOperations(api, apiOperations)
  app.route(BASE_PATH, api)
  mountOperations(app, rootOperations)
  app.openAPIRegistry.registerComponent('securitySchemes', 'bearer', {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
  })

  let document: string | undefined
  app.get('/openapi.json', (c) => {
    document ??= JSON.stringify(app.getOpenAPI31Document(documentInfo))
    return c.body(document, 200, { 'content-type': 'application/json' })
  })

  app.notFound((c) => problemReply(new Problem('not_found'), c.get('state').requestId))
  app.onError((error, c) => {
    const { requestId, operation } = c.get('state')
    const problem = toProblem(error)
    if (problem.status >= 500)
      services.log.error(problem.code, { requestId, operation: operation?.id, error: problem.cause ?? problem })
    if (wantsSocket(c.req.raw)) return services.platform.refuseSocket(problem, c.req.raw)
    return problemReply(problem, requestId)
  })
  return app
}
