import { Problem } from '#packages/errors/problem.ts'

/** Refuses what does not ask for a WebSocket. Throws `upgrade_required`. */
export function requireUpgrade(request: Request): void {
  if (request.headers.get('upgrade')?.toLowerCase() !== 'websocket') throw new Problem('upgrade_required')
}
