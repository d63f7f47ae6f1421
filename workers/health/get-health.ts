import { z } from '@hono/zod-openapi'
import { pingDatabase } from '#db/queries/health/ping-database.ts'
import { operation } from '../http/operation.ts'
import { ok } from '../http/reply.ts'

const Dependency = z.enum(['up', 'down'])
const Health = z
  .object({ status: z.enum(['ok', 'degraded']), database: Dependency, cache: Dependency })
  .openapi('Health')

const standing = async (ask: () => Promise<unknown>): Promise<z.infer<typeof Dependency>> =>
  ask().then(
    () => 'up',
    () => 'down',
  )

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
  async ({ db, redis }) => {
    const [database, cache] = await Promise.all([
      standing(() => pingDatabase(db)),
      standing(() => redis.ping()),
    ])
    const up = database === 'up' && cache === 'up'
    const body = { database, cache }
    return up
      ? ok({ status: 'ok' as const, ...body })
      : { status: 503 as const, body: { status: 'degraded' as const, ...body } }
  },
)
