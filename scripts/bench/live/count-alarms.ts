import { setTimeout as sleep } from 'node:timers/promises'
import { ALARMS } from './cases.ts'
import { openRooms } from './open-rooms.ts'
import { Server } from './run-server.ts'
import type { Contestant } from './servers.ts'

const HOUR_SECONDS = 3600
/** By then rooms have told that no position came, once. */
const QUIET_AFTER_MS = 45_000

/** How often the objects behind 1,000 silent sockets are woken by an alarm, as a sentence each. */
export async function countAlarms(ours: readonly Contestant[], ports: () => number): Promise<string> {
  const sentences: string[] = []
  for (const { name, connect, command } of ours) {
    const port = ports()
    const server = await Server.start(command(port), port)
    try {
      const opened = await openRooms(connect, server, ALARMS)
      await sleep(QUIET_AFTER_MS)
      const rung = async () => Number(await (await fetch(`http://127.0.0.1:${port}/alarms`)).text())
      const [before, cpu] = [await rung(), server.cpuSeconds()]
      await sleep(ALARMS.seconds * 1000)
      const perHour = ((await rung()) - before) * (HOUR_SECONDS / ALARMS.seconds)
      const load = ((server.cpuSeconds() - cpu) / ALARMS.seconds) * 100
      opened.close()
      sentences.push(
        `${name}: ${Math.round(perHour)} alarms an hour for 1,000 silent sockets, ${load.toFixed(2)} % of a core.`,
      )
    } finally {
      await server.kill()
    }
  }
  return sentences.join(' ')
}
