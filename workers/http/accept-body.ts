import type { MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { Problem } from '#packages/errors/problem.ts'
import type { AppEnv } from './app-env.ts'

/** Lets only JSON through, and only up to `limit` bytes, whatever Content-Length says. */
export function acceptBody(limit: number): MiddlewareHandler<AppEnv> {
  const limited = bodyLimit({
    maxSize: limit,
    onError: () => {
      throw new Problem('body_too_large', { detail: `At most ${limit} bytes` })
    },
  })
  return (c, next) => {
    const type = c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase()
    if (type !== 'application/json')
      throw new Problem('unsupported_media_type', { detail: 'Send application/json' })
    return limited(c, next)
  }
}
