import { z } from 'zod'

/** The header in which the Worker hands a pass to the hub; never accepted from outside. */
export const HUB_PASS_HEADER = 'x-hub-pass'

/** Who opens a connection to their hub. Made by the Worker after its check; the hub believes it. */
export const HubPass = z.strictObject({
  userId: z.uuid(),
  sessionId: z.uuid(),
  /** When the connection must end, Unix milliseconds: with the access token. Absent where only the session counts. */
  expiresAt: z.int().optional(),
  /** Whether the person is a driver, who goes offline some time after the last connection ended. */
  drives: z.boolean().optional(),
  /** The name under which a Socket.IO client that lost its connection comes back. */
  pid: z.string().min(1).max(64).optional(),
})
export type HubPass = z.infer<typeof HubPass>
