import type { Problem } from '#packages/errors/problem.ts'
import { refusalCode } from '#packages/protocol/refusal-code.ts'

/** Accepts a WebSocket and closes it at once; the Close frame's reason is the problem's code. */
export function refuseSocket(problem: Problem): Response {
  const { 0: client, 1: server } = new WebSocketPair()
  server.accept()
  server.close(refusalCode(problem.status), problem.code)
  return new Response(null, { status: 101, webSocket: client })
}
