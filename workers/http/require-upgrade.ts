import { Problem } from '#packages/errors/problem.ts'
import { wantsSocket } from '#packages/network/wants-socket.ts'

/** Refuses what does not ask for a WebSocket. Throws `upgrade_required`. */
export function requireUpgrade(request: Request): void {
  if (!wantsSocket(request)) throw new Problem('upgrade_required')
}
