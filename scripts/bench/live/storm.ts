import type { Client, Connect, Memory } from './client.ts'
import { eachOf } from './each-of.ts'
import { type Seat, shuffled } from './seats.ts'

/** Who comes, and what it remembers of having been here. */
export interface Comer {
  seat: Seat
  memory?: Memory | undefined
}

/** Sockets that are being opened at the same time: beyond, the load's own core would be what is measured. */
const AT_ONCE = 512

export interface Storm {
  clients: { seat: Seat; client: Client }[]
  /** Until everybody was let in. */
  milliseconds: number
}

/** Lets everybody come at once and in no order, some before their driver, as after a restart. */
export async function storm(connect: Connect, port: number, comers: readonly Comer[]): Promise<Storm> {
  const clients: Storm['clients'] = []
  const begins = performance.now()
  await eachOf(shuffled(comers), AT_ONCE, async ({ seat, memory }) => {
    clients.push({ seat, client: await connect({ port, seat, memory }) })
  })
  return { clients, milliseconds: performance.now() - begins }
}
