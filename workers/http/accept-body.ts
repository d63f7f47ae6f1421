import type { MiddlewareHandler, Next } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { Problem } from '#packages/errors/problem.ts'
import type { AppContext, AppEnv } from './app-env.ts'
import { MAX_BODY_BYTES } from './limits.ts'
import type { Operation } from './operation.ts'

const BOUNDARY = /boundary=(?:"([^"]+)"|([^;\s]+))/i

/**
 * Lets only JSON through, or only a form where the operation takes files, and only so many bytes, whatever
 * Content-Length says. Where the body is optional, none at all is let through too, whatever type it is said to have.
 */
export function acceptBody({
  formBytes,
  bodyOptional,
}: Pick<Operation, 'formBytes' | 'bodyOptional'>): MiddlewareHandler<AppEnv> {
  const maxSize = formBytes ?? MAX_BODY_BYTES
  const wanted = formBytes === undefined ? 'application/json' : 'multipart/form-data'
  const limited = bodyLimit({
    maxSize,
    onError: () => {
      throw new Problem('body_too_large', { detail: `At most ${maxSize} bytes` })
    },
  })
  return (c, next) => {
    if (bodyOptional && isEmpty(c)) {
      c.req.raw = withEmptyObject(c.req.raw)
      return next()
    }
    const type = c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase()
    if (type !== wanted) throw new Problem('unsupported_media_type', { detail: `Send ${wanted}` })
    return limited(c, formBytes === undefined ? next : () => wholeForm(c, next))
  }
}

function isEmpty({ req }: AppContext): boolean {
  return req.raw.body === null || req.header('content-length') === '0'
}

/** The same request with the body that stands for none. */
function withEmptyObject({ url, method, headers, signal }: Request): Request {
  const said = new Headers(headers)
  said.set('content-type', 'application/json')
  said.delete('content-length')
  return new Request(url, { method, headers: said, signal, body: '{}' })
}

/** Refuses a form that was cut off: some parsers take what came for all of it. */
async function wholeForm(c: AppContext, next: Next): Promise<void> {
  const [, quoted, bare] = BOUNDARY.exec(c.req.header('content-type') ?? '') ?? []
  const end = `--${quoted ?? bare ?? ''}--`
  const bytes = await c.req.arrayBuffer()
  const tail = new TextDecoder().decode(bytes.slice(-end.length - 2))
  if (!tail.trimEnd().endsWith(end)) throw new Problem('malformed_form')
  await next()
}
