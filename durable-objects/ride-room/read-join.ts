import { z } from 'zod'
import { RESUME_AFTER_HEADER, ROOM_PASS_HEADER, RoomPass } from '#packages/protocol/room-pass.ts'

const Json = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    context.addIssue({ code: 'custom', message: 'not JSON' })
    return z.NEVER
  }
})
const PassHeader = Json.pipe(RoomPass)
const After = z
  .string()
  .regex(/^\d{1,15}$/)
  .transform(Number)

/** Who joins and where they resume, from the headers that the Worker made; null without a valid pass. */
export function readJoin(headers: Headers): { pass: RoomPass; after: number | null } | null {
  const pass = PassHeader.safeParse(headers.get(ROOM_PASS_HEADER))
  if (!pass.success) return null
  return { pass: pass.data, after: After.safeParse(headers.get(RESUME_AFTER_HEADER)).data ?? null }
}
