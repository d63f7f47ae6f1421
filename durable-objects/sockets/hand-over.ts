import { z } from 'zod'
import { RESUME_AFTER_HEADER } from '#packages/protocol/room-pass.ts'

const Json = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    context.addIssue({ code: 'custom', message: 'not JSON' })
    return z.NEVER
  }
})
const After = z
  .string()
  .regex(/^\d{1,15}$/)
  .transform(Number)

/**
 * What an object gets of a WebSocket upgrade: a request of our making with the pass of who asks. Of the client's only the
 * upgrade and `?after=<seq>` go along, so no header of a client can pass for ours, and no token in the address is stored
 * with the socket, as partyserver would.
 */
export function handOver(passHeader: string, pass: object, request: Request): { headers: Headers } {
  const headers = new Headers({ [passHeader]: JSON.stringify(pass) })
  const upgrade = request.headers.get('Upgrade')
  if (upgrade !== null) headers.set('Upgrade', upgrade)
  const after = new URL(request.url).searchParams.get('after')
  if (after !== null) headers.set(RESUME_AFTER_HEADER, after)
  return { headers }
}

/** Who comes and where they resume, of what `handOver` made; null without a valid pass. */
export function takeOver<Pass>(
  headers: Headers,
  passHeader: string,
  shape: z.ZodType<Pass>,
): { pass: Pass; after: number | null } | null {
  const pass = Json.pipe(shape).safeParse(headers.get(passHeader))
  if (!pass.success) return null
  return { pass: pass.data, after: After.safeParse(headers.get(RESUME_AFTER_HEADER)).data ?? null }
}
