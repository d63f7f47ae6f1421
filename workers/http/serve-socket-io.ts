import { Problem } from '#packages/errors/problem.ts'
import { uuidv7 } from '#packages/ids/uuid.ts'
import { networkOf } from '#packages/network/network-of.ts'
import { wantsSocket } from '#packages/network/wants-socket.ts'
import type { Services } from '../context.ts'
import { problemReply, toProblem } from './problem-reply.ts'
import { countRequest } from './rate-limit.ts'

/** Where clients look for Socket.IO. */
export const SOCKET_IO_PATH = '/socket.io/'

const PREFLIGHT_SECONDS = 7200

/**
 * Serves Socket.IO, in front of the middlewares: an upgrade's reply cannot get headers, and a poll that waits for half a
 * minute is no slow operation. A handshake is counted like a reading request; what follows is bound to its session.
 */
export async function serveSocketIo(
  services: Services,
  request: Request,
  keepAlive: (work: Promise<unknown>) => void,
): Promise<Response> {
  const started = performance.now()
  const isHandshake = !new URL(request.url).searchParams.has('sid')
  const headers = corsHeaders(services.settings.CORS_ORIGINS, request)
  if (request.method === 'OPTIONS') return new Response(null, { status: 204, headers })
  const reply = await answer(services, request, isHandshake, headers)
  if (isHandshake) {
    services.metrics.observe('socketIoHandshake', reply.status, (performance.now() - started) / 1000)
    if (services.metrics.isDue()) keepAlive(services.metrics.flush())
  }
  if (reply.status === 101) return reply
  const headed = new Response(reply.body, reply)
  for (const [name, value] of headers) headed.headers.set(name, value)
  return headed
}

async function answer(
  services: Services,
  request: Request,
  isHandshake: boolean,
  headers: Headers,
): Promise<Response> {
  try {
    if (isHandshake) {
      const network = networkOf(services.platform.callerAddress(request))
      await countRequest(services.redis, 'read', network, Date.now(), headers)
    }
    return await services.live.socketIo(request)
  } catch (error) {
    const requestId = uuidv7()
    const problem = error instanceof Problem ? error : unreachable(error)
    if (problem.status >= 500) services.log.error('socket.io', { requestId, error: problem.cause ?? problem })
    return wantsSocket(request)
      ? services.platform.refuseSocket(problem, request)
      : problemReply(problem, requestId)
  }
}

/** A gateway that cannot be reached can be in a moment. */
function unreachable(cause: unknown): Problem {
  const problem = toProblem(cause)
  return problem.code === 'internal' ? new Problem('dependency_unavailable', { retryAfter: 1, cause }) : problem
}

/** The headers of every reply: polls are not to be kept, and a browser's page has to be among those that are allowed. */
function corsHeaders(allowed: readonly string[], request: Request): Headers {
  const headers = new Headers({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' })
  const origin = request.headers.get('origin')
  if (origin === null) return headers
  headers.set('vary', 'Origin')
  if (!allowed.includes(origin)) return headers
  headers.set('access-control-allow-origin', origin)
  if (request.method !== 'OPTIONS') return headers
  headers.set('access-control-allow-methods', 'GET, POST')
  const wanted = request.headers.get('access-control-request-headers')
  if (wanted !== null) headers.set('access-control-allow-headers', wanted)
  headers.set('access-control-max-age', String(PREFLIGHT_SECONDS))
  return headers
}
