import { z } from 'zod'
import type { Session } from './engine-types.ts'
import { createSession } from './session.ts'
import { isSessionEnd } from './session-ends.ts'
import type { EngineSettings } from './settings.ts'
import type { Membership, SocketSession } from './socket-types.ts'

const Bytes = z.custom<Uint8Array<ArrayBuffer>>((value) => value instanceof Uint8Array)

/** What of a session outlives the memory of its process: plain values, for a socket's attachment or for storage. */
export const SessionRecord = z.object({
  v: z.literal(1),
  sid: z.string(),
  transport: z.enum(['polling', 'websocket']),
  openedAt: z.number(),
  heardAt: z.number(),
  /** Namespace, id and the application's content of each socket. */
  sockets: z.array(z.tuple([z.string(), z.string(), z.unknown()])),
  /** Packets that wait for the next poll. */
  queue: z.array(z.string()),
  fragments: z.tuple([z.string()], Bytes).nullable(),
  end: z.string().nullable(),
})
export type SessionRecord = z.infer<typeof SessionRecord>

export function recordSession<Content>(session: SocketSession<Content>): SessionRecord {
  const { sid, transport, openedAt, heardAt, queue, upper, end } = session
  return {
    ...{ v: 1, sid, transport, openedAt, heardAt, end },
    sockets: [...upper.sockets.values()].map(({ nsp, id, content }) => [nsp, id, content]),
    queue: queue.filter(({ latest }) => latest === undefined).map(({ packet }) => packet),
    fragments: upper.fragments,
  }
}

/**
 * A session as it was kept, without its sockets.
 * @param content reads what the application kept of a socket; null: it cannot be read, and the socket is dropped
 */
export function restoreSession<Content>(
  record: SessionRecord,
  content: (kept: unknown) => Content | null,
  settings: EngineSettings,
  now: number,
): Session<Membership<Content>> {
  const { sid, transport, openedAt, heardAt, queue, fragments, end } = record
  const session: SocketSession<Content> = {
    ...createSession(sid, transport, settings, now),
    ...{ openedAt, heardAt, pingedAt: heardAt, isChanged: false },
    queue: queue.map((packet) => ({ packet })),
    unread: queue.reduce((sum, packet) => sum + packet.length, 0),
    end: isSessionEnd(end) ? end : null,
    ...{ wire: null, probe: null, answer: null },
    upper: { sockets: new Map(), pending: new Map(), fragments },
  }
  for (const [nsp, id, kept] of record.sockets) {
    const read = content(kept)
    if (read !== null) session.upper.sockets.set(nsp, { id, nsp, session, content: read })
  }
  return session
}
