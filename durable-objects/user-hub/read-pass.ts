import { z } from 'zod'
import { HUB_PASS_HEADER, HubPass } from '#packages/protocol/hub-pass.ts'
import { RESUME_AFTER_HEADER } from '#packages/protocol/room-pass.ts'

const Json = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    context.addIssue({ code: 'custom', message: 'not JSON' })
    return z.NEVER
  }
})
const PassHeader = Json.pipe(HubPass)
const After = z
  .string()
  .regex(/^\d{1,15}$/)
  .transform(Number)

/** Who connects and where they resume, from the headers that the Worker made; null without a valid pass. */
export function readPass(headers: Headers): { pass: HubPass; after: number | null } | null {
  const pass = PassHeader.safeParse(headers.get(HUB_PASS_HEADER))
  if (!pass.success) return null
  return { pass: pass.data, after: After.safeParse(headers.get(RESUME_AFTER_HEADER)).data ?? null }
}
