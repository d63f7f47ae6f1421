import type { Problem } from '#packages/errors/problem.ts'
import { closeReasons } from '#packages/protocol/close-codes.ts'

function closeCode(status: number): number {
  if (status === 401) return closeReasons.unauthenticated.code
  if (status === 429) return closeReasons.flood.code
  return status >= 500 ? closeReasons.internal.code : closeReasons.removed.code
}

/** Accepts a WebSocket and closes it at once; the Close frame's reason is the problem's code. */
export function refuseSocket(problem: Problem): Response {
  const { 0: client, 1: server } = new WebSocketPair()
  server.accept()
  server.close(closeCode(problem.status), problem.code)
  return new Response(null, { status: 101, webSocket: client })
}
