import type { Refusal } from './refusals.ts'

export type Transport = 'polling' | 'websocket'

/** What a request to the engine asks for. */
export interface EngineQuery {
  transport: Transport
  /** Absent: open a session. */
  sid: string | null
}

/**
 * Reads the query of a request, as "Query parameters" and "Handshake" in the Engine.IO protocol, version 4, say.
 * @param isUpgrade whether the request asks for a WebSocket
 */
export function readQuery(method: string, query: URLSearchParams, isUpgrade: boolean): EngineQuery | Refusal {
  const transport = query.get('transport')
  if (transport !== 'polling' && transport !== 'websocket') return 'transport_unknown'
  const sid = query.get('sid')
  // A socket is not polled, and a poll is not a socket.
  if ((transport === 'websocket') !== isUpgrade) return 'bad_request'
  if (sid === null && method !== 'GET') return 'bad_method'
  if (query.get('EIO') !== '4') return 'version_unsupported'
  return { transport, sid }
}
