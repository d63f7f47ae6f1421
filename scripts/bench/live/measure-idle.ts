import { setTimeout as sleep } from 'node:timers/promises'
import { IDLE } from './cases.ts'
import { openRooms } from './open-rooms.ts'
import { Server } from './run-server.ts'
import type { Contestant } from './servers.ts'
import { storm } from './storm.ts'

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
  const { kilobytes, seats } = await Server.use(started, port, async (server) => {
    await sleep(SETTLE_MS)
    const empty = server.memory()
    const opened = await openRooms(connect, server, IDLE)
    await sleep(SETTLE_MS)
    const weight = (server.memory() - empty) * 1024
    await server.kill()
    opened.close()
    return { kilobytes: weight / SOCKETS, seats: opened.seats }
  })
  // The same storage: objects find what they have kept.
  return Server.use(started, port, async () => {
    const back = await storm(
      connect,
      port,
      seats.map((seat) => ({ seat })),
    )
    for (const { client } of back.clients) client.close()
    return { kilobytes, backMs: back.milliseconds }
  })
}
