import type { MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { Problem } from '#packages/errors/problem.ts'
import type { AppEnv } from './app-env.ts'
import { MAX_BODY_BYTES } from './limits.ts'

/**
 * Lets only JSON through, or only a form where the operation takes files, and only so many bytes, whatever
 * Content-Length says.
 * @param formBytes how large a form may be; undefined where JSON is wanted
 */
export function acceptBody(formBytes: number | undefined): MiddlewareHandler<AppEnv> {
  const maxSize = formBytes ?? MAX_BODY_BYTES
  const wanted = formBytes === undefined ? 'application/json' : 'multipart/form-data'
  const limited = bodyLimit({
    maxSize,
    onError: () => {
      throw new Problem('body_too_large', { detail: `At most ${maxSize} bytes` })
    },
  })
  return (c, next) => {
    const type = c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase()
    if (type !== wanted) throw new Problem('unsupported_media_type', { detail: `Send ${wanted}` })
    return limited(c, next)
  }
}
