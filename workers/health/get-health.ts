import { z } from '@hono/zod-openapi'
import { pingDatabase } from '#db/queries/health/ping-database.ts'
import { operation } from '../http/operation.ts'
import { ok } from '../http/reply.ts'

const Dependency = z.enum(['up', 'down'])
const Health = z
  .object({ status: z.enum(['ok', 'degraded']), database: Dependency, cache: Dependency })
  .openapi('Health')

/** The request counter may have waited already, and the whole reply is due within two seconds. */
const PATIENCE_MS = 1_000
const RETRY_AFTER_SECONDS = 1

async function standing(ask: () => Promise<unknown>): Promise<z.infer<typeof Dependency>> {
  const { promise: tooLate, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new Error('no answer')), PATIENCE_MS)
  return Promise.race([ask(), tooLate])
    .then(
      () => 'up' as const,
      () => 'down' as const,
    )
    .finally(() => clearTimeout(timer))
}

export const getHealth = operation(
  {
    id: 'getHealth',
    method: 'get',
    path: '/health',
    tag: 'Operations',
    summary: 'Whether the service and what it depends on answer',
    access: 'public',
    limit: 'read',
    replies: { 200: Health, 503: Health },
    errors: [],
  },
  async ({ db, redis, replyHeaders }) => {
    const [database, cache] = await Promise.all([
      standing(() => pingDatabase(db)),
      standing(() => redis.ping()),
    ])
    const up = database === 'up' && cache === 'up'
    const body = { database, cache }
    if (up) return ok({ status: 'ok' as const, ...body })
    replyHeaders.set('retry-after', String(RETRY_AFTER_SECONDS))
    return { status: 503 as const, body: { status: 'degraded' as const, ...body } }
  },
)
