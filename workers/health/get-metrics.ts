import { Problem } from '#packages/errors/problem.ts'
import { timingSafeEqual } from '#packages/secrets/timing-safe-equal.ts'
import { bearerToken } from '../http/authenticate.ts'
import { operation } from '../http/operation.ts'

export const getMetrics = operation(
  {
    id: 'getMetrics',
    method: 'get',
    path: '/metrics',
    tag: 'Operations',
    summary: 'Counters in the Prometheus text format, for the bearer of METRICS_TOKEN',
    access: 'public',
    limit: 'read',
    replies: { 200: null },
    errors: ['unauthenticated'],
  },
  async ({ request, settings, metrics }) => {
    const token = bearerToken(request.headers) ?? ''
    if (!(await timingSafeEqual(token, settings.METRICS_TOKEN))) throw new Problem('unauthenticated')
    await metrics.flush()
    return new Response(await metrics.expose(), {
      headers: { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' },
    })
  },
)
