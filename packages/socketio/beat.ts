import type { Turn } from './effect.ts'
import { endSession } from './end-session.ts'
import { PING } from './packets.ts'
import { dropProbe } from './receive-packet.ts'
import { sendPacket } from './send-packet.ts'
import type { EngineSession } from './session.ts'
import type { EngineSettings } from './settings.ts'

/**
 * Whether nothing was heard for as long as a client itself would wait. A client counts from the last ping that it got,
 * so where this holds it has given up too, even if our alarm was late.
 */
export function isDead({ heardAt }: EngineSession, settings: EngineSettings, now: number): boolean {
  return now - heardAt >= settings.pingInterval + settings.pingTimeout
}

/**
 * The heartbeat of a session: ends it if it is dead, else pings it if its last ping is at least half an interval old. So
 * sessions that came at different times are soon pinged together, by one alarm, and none waits longer than an interval.
 * @param isConnected whether it is in some namespace
 */
export function beat(turn: Turn, isConnected: boolean): void {
  const { session, settings, now, effects } = turn
  if (session.end !== null) {
    if (isDead(session, settings, now)) effects.push({ do: 'forget' })
    return
  }
  if (isDead(session, settings, now)) return endSession(turn, 'ping_timeout')
  if (!isConnected && now - session.openedAt >= settings.connectTimeout) return endSession(turn, 'no_connect')
  if (session.upgrade !== null && now - session.upgrade.since > settings.upgradeTimeout) dropProbe(turn)
  if (now - lastPing(session, now) < settings.pingInterval / 2) return
  session.pingedAt = now
  sendPacket(turn, PING)
}

/** When a session needs its next heartbeat, Unix milliseconds. */
export function nextBeat(session: EngineSession, settings: EngineSettings, now: number): number {
  return lastPing(session, now) + settings.pingInterval
}

/** After a wake only the last pong is known, and a ping was just before it. A clock that stepped back delays no ping. */
function lastPing({ heardAt, pingedAt }: EngineSession, now: number): number {
  return Math.min(now, Math.max(heardAt, pingedAt))
}
