import { z } from 'zod'
import type { Data } from '../effect.ts'
import { EngineServer } from '../engine-server.ts'
import type { Session, Wire } from '../engine-types.ts'
import type { Reply } from '../refusals.ts'
import { engineSettings } from '../settings.ts'

const Handshake = z.object({ sid: z.string() })

/** A WebSocket that keeps what it is sent. */
export class FakeWire implements Wire {
  readonly frames: Data[] = []
  closed: { code: number; reason: string } | null = null

  send(data: Data): void {
    if (this.closed === null) this.frames.push(data)
  }

  close(code: number, reason: string): void {
    this.closed ??= { code, reason }
  }
}

/** A clock that stands until it is moved. */
export class FakeClock {
  now = Date.UTC(2026, 10, 22)
  readonly read = () => this.now
}

export const smallSettings = { ...engineSettings, maxPayload: 1000, maxUnread: 4000 }

/** An engine whose upper layer keeps what comes. */
export function newEngine(settings = engineSettings, clock = new FakeClock(), maxSessions = 100) {
  const messages: { sid: string; data: Data }[] = []
  const ends: { sid: string; end: string }[] = []
  const kept = new Set<string>()
  let next = 0
  const engine = new EngineServer<null>({
    settings,
    clock: clock.read,
    newSid: () => `s${next++}`,
    maxSessions,
    store: { keep: ({ sid }) => void kept.add(sid), forget: ({ sid }) => void kept.delete(sid) },
    upper: {
      create: () => null,
      message: ({ sid }, data) => void messages.push({ sid, data }),
      ended: ({ sid }, end) => void ends.push({ sid, end }),
      isConnected: () => true,
    },
  })
  return { engine, clock, messages, ends, kept }
}

/** For a heartbeat that nobody waits behind. */
export const noPause = async () => undefined

export type FakeEngine = ReturnType<typeof newEngine>

const params = (query: Record<string, string>) => new URLSearchParams({ EIO: '4', ...query })

export function poll({ engine }: FakeEngine, sid?: string): Promise<Reply> {
  const query = params({ transport: 'polling', ...(sid !== undefined && { sid }) })
  return engine.request({ method: 'GET', query, readBody: async () => '' })
}

export function post({ engine }: FakeEngine, sid: string, body: string): Promise<Reply> {
  const query = params({ transport: 'polling', sid })
  return engine.request({ method: 'POST', query, readBody: async () => body })
}

/** Opens a session by polling. */
export async function openPolling(place: FakeEngine): Promise<Session<null>> {
  const { body } = await poll(place)
  return sessionOf(place, Handshake.parse(JSON.parse(body.slice(1))).sid)
}

/** Opens a WebSocket; undefined where it is refused. */
export function openSocket({ engine }: FakeEngine, sid?: string): { sid: string; wire: FakeWire } | undefined {
  const ticket = engine.ticket('GET', params({ transport: 'websocket', ...(sid !== undefined && { sid }) }))
  if (typeof ticket === 'string' || 'status' in ticket) return undefined
  const wire = new FakeWire()
  engine.attach(ticket, wire)
  return { sid: ticket.sid, wire }
}

export function sessionOf({ engine }: FakeEngine, sid: string): Session<null> {
  const session = engine.sessions.get(sid)
  if (!session) throw new Error(`there is no session ${sid}`)
  return session
}
