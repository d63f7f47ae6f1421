import type { Client, Connect } from './client.ts'
import { eachOf } from './each-of.ts'
import type { Server } from './run-server.ts'
import { newRide, type Seat } from './seats.ts'

interface Rooms {
  rooms: number
  viewers: number
  /** What a viewer does with a position. */
  hear?: (room: number, viewer: number) => (step: number) => void
}

/** Rooms that are being opened at the same time. */
const OPENING = 64

/** Opens every socket: in each room first its driver, then its viewers. */
export async function openRooms(connect: Connect, { port }: Server, { rooms, viewers, hear }: Rooms) {
  const drivers: Client[] = []
  const others: Client[] = []
  const rides = Array.from({ length: rooms }, () => newRide(viewers))
  await eachOf(rides, OPENING, async (seats, room) => {
    for (const [place, seat] of seats.entries()) {
      if (seat.role === 'driver') drivers[room] = await connect({ port, seat })
      else others.push(await connect({ port, seat, onPosition: hear?.(room, place - 1) }))
    }
  })
  return {
    drivers,
    seats: rides.flat() satisfies Seat[],
    close: () => {
      for (const client of [...drivers, ...others]) client.close()
    },
  }
}
