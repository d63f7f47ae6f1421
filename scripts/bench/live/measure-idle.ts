import { setTimeout as sleep } from 'node:timers/promises'
import { IDLE } from './cases.ts'
import { openRooms } from './open-rooms.ts'
import { Server } from './run-server.ts'
import type { Contestant } from './servers.ts'

const SETTLE_MS = 3000
const SOCKETS = IDLE.rooms * (IDLE.viewers + 1)

export interface Idle {
  /** Memory per socket that is open and silent, kB. */
  kilobytes: number
  /** Until every client was back and let in after the server had died, milliseconds from its listening again. */
  backMs: number
}

/** Opens 5,000 sockets, weighs them, kills the server and lets everybody come back at once. */
export async function measureIdle({ connect, command }: Contestant, port: number): Promise<Idle> {
  const started = command(port)
  const first = await Server.start(started, port)
  let kilobytes: number
  let ids: readonly string[]
  try {
    await sleep(SETTLE_MS)
    const empty = first.memory()
    const opened = await openRooms(connect, first, IDLE)
    await sleep(SETTLE_MS)
    kilobytes = ((first.memory() - empty) * 1024) / SOCKETS
    ids = opened.ids
    await first.kill()
    opened.close()
  } finally {
    await first.kill()
  }
  // The same storage: objects find what they have kept.
  const second = await Server.start(started, port)
  try {
    const begins = performance.now()
    const opened = await openRooms(connect, second, { ...IDLE, ids })
    const backMs = performance.now() - begins
    opened.close()
    return { kilobytes, backMs }
  } finally {
    await second.kill()
  }
}
