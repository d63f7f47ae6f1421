import { z } from 'zod'

/** What a gateway knows of a client; kept with its socket. */
export const Member = z.object({
  userId: z.string(),
  sessionId: z.string(),
  /** What the client shows when it comes back. */
  pid: z.string(),
  /** Its id among the members of its hub and of the rides that it follows. Never used again. */
  link: z.string(),
  rides: z.array(z.string()),
})
export type Member = z.infer<typeof Member>

/** Reads what was kept; null: it is of another time. */
export function readMember(kept: unknown): Member | null {
  return Member.safeParse(kept).data ?? null
}
