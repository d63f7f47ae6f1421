import { z } from 'zod'

/** Who opens a connection to their hub. Made by the Worker after its check; the hub believes it. */
export const HubPass = z.strictObject({
  userId: z.uuid(),
  sessionId: z.uuid(),
  /** When the connection must end, Unix milliseconds: with the access token. Absent where only the session counts. */
  expiresAt: z.int().optional(),
})
export type HubPass = z.infer<typeof HubPass>
