import { setTimeout as sleep } from 'node:timers/promises'
import { PEOPLE } from './cases.ts'
import { Server } from './run-server.ts'
import { newRide } from './seats.ts'
import type { Contestant } from './servers.ts'
import { storm } from './storm.ts'

/** By then what joining has left to write is written. */
const SETTLE_MS = 3000
const SOCKETS = PEOPLE.rooms * (PEOPLE.viewers + 1)

/** What 2,500 people cost whose objects are there too. */
export interface WithPeople {
  /** Memory per socket that is open and silent, with everything behind it, kB. */
  kilobytes: number
  /** Until everybody was in a ride, all new. */
  newMs: number
  /** The same after the server has died: those whom it recognises join nothing, their rides come to them. */
  backMs: number
}

/** Lets 2,500 people come at once, weighs them, kills the server and lets them come back as clients that were here. */
export async function measurePeople({ connect, command }: Contestant, port: number): Promise<WithPeople> {
  const started = command(port)
  const rides = Array.from({ length: PEOPLE.rooms }, () => newRide(PEOPLE.viewers))
  const { kilobytes, first } = await Server.use(started, port, async (server) => {
    await sleep(SETTLE_MS)
    const empty = server.memory()
    const opened = await storm(
      connect,
      port,
      rides.flat().map((seat) => ({ seat })),
    )
    await sleep(SETTLE_MS)
    const weight = (server.memory() - empty) * 1024
    await server.kill()
    for (const { client } of opened.clients) client.close()
    return { kilobytes: weight / SOCKETS, first: opened }
  })
  return Server.use(started, port, async () => {
    const comers = first.clients.map(({ seat, client }) => ({ seat, memory: client.memory() ?? undefined }))
    const back = await storm(connect, port, comers)
    for (const { client } of back.clients) client.close()
    return { kilobytes, newMs: first.milliseconds, backMs: back.milliseconds }
  })
}
