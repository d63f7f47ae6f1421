import { ShardPicker, shardOf } from '#packages/gateway/shards.ts'
import { type Refusal, refuse } from '#packages/socketio/refusals.ts'
import { isOverloaded } from '../sockets/retry-reach.ts'
import type { SocketGateway } from './socket-gateway.ts'

export type SocketGateways = DurableObjectNamespace<SocketGateway>

const FULL = refuse('overloaded').status

const picker = new ShardPicker()

/**
 * Hands a request of a Socket.IO client to the gateway that has its session, or for a new one to the first that has a place.
 * @throws what the platform throws when the gateway cannot be reached
 */
export async function reachGateway(gateways: SocketGateways, request: Request): Promise<Response> {
  const sid = new URL(request.url).searchParams.get('sid')
  if (sid === null) return openSession(gateways, request)
  const shard = shardOf(sid)
  return shard === null ? refusal('session_unknown') : gateways.getByName(shard).fetch(request)
}

async function openSession(gateways: SocketGateways, request: Request): Promise<Response> {
  for (const shard of picker.candidates(Date.now())) {
    const response = await gateways
      .getByName(shard)
      .fetch(request)
      .catch((error: unknown) => {
        if (!isOverloaded(error)) throw error
      })
    if (response && response.status !== FULL) return response
    picker.noteFull(shard)
  }
  return refusal('overloaded')
}

function refusal(why: Refusal): Response {
  const { status, body, type } = refuse(why)
  return new Response(body, { status, headers: { 'content-type': type } })
}
