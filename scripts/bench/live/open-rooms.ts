import { randomUUID } from 'node:crypto'
import type { Client, Connect } from './client.ts'
import type { Server } from './run-server.ts'

interface Rooms {
  rooms: number
  viewers: number
  /** What a viewer does with a position. */
  hear?: (room: number, viewer: number) => (step: number) => void
  /** The rides, where they must be the same as before. */
  ids?: readonly string[]
}

/** Sockets that are being opened at the same time. */
const OPENING = 64

/** Opens every socket: in each room first its driver, then its viewers. */
export async function openRooms(connect: Connect, { port }: Server, { rooms, viewers, hear, ids }: Rooms) {
  const drivers: Client[] = []
  const others: Client[] = []
  const rides = ids ?? Array.from({ length: rooms }, () => randomUUID())
  const openRoom = async (index: number, room: string) => {
    drivers[index] = await connect({ port, room, role: 'driver' })
    for (let viewer = 0; viewer < viewers; viewer++) {
      const seat = { port, room, role: 'viewer' } as const
      const onPosition = hear?.(index, viewer)
      others.push(await connect(onPosition ? { ...seat, onPosition } : seat))
    }
  }
  const queue = [...rides.entries()]
  await Promise.all(
    Array.from({ length: OPENING }, async () => {
      for (let next = queue.shift(); next; next = queue.shift()) await openRoom(...next)
    }),
  )
  return {
    drivers,
    ids: rides,
    close: () => {
      for (const client of [...drivers, ...others]) client.close()
    },
  }
}
