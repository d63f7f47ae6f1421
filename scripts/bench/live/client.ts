import { randomUUID } from 'node:crypto'
import { type RawData, WebSocket } from 'ws'

export type Role = 'driver' | 'viewer'

/** Who connects, and what it does with a position that it hears. */
export interface Seat {
  port: number
  /** A ride's id; its driver is the person with the same id. */
  room: string
  role: Role
  onPosition?: (step: number) => void
}

/** A connected client of one of the servers. */
export interface Client {
  /** Reports the driver's position number `step`. */
  report(step: number): void
  close(): void
}

/** How to talk to a server. */
export type Connect = (seat: Seat) => Promise<Client>

/** A position can carry a number through every server unchanged, in its latitude. */
const FIRST_LAT = 10
const LAT_PER_STEP = 1e-6

const position = (step: number) => ({
  lat: FIRST_LAT + step * LAT_PER_STEP,
  lng: 77.59,
  heading: 90,
  speed: 15,
  accuracy: 8,
  at: new Date().toISOString(),
})

/** The number in a frame with a position; null in any other. */
function stepIn(frame: string): number | null {
  const [, lat] = /"lat":(\d+\.?\d*)/.exec(frame) ?? []
  return lat === undefined ? null : Math.round((Number(lat) - FIRST_LAT) / LAT_PER_STEP)
}

/** A socket that was asked for nothing else gives whole messages as one buffer. */
const textOf = (data: RawData) => (Buffer.isBuffer(data) ? data.toString() : '')

function open(url: string): WebSocket {
  return new WebSocket(url, { perMessageDeflate: false, handshakeTimeout: 30_000 })
}

function hear(socket: WebSocket, { onPosition }: Seat): void {
  if (!onPosition) return
  socket.on('message', (data) => {
    const step = stepIn(textOf(data))
    if (step !== null) onPosition(step)
  })
}

const userOf = ({ role, room }: Seat) => (role === 'driver' ? room : randomUUID())

/** One socket per person that says and hears JSON frames: the raw relay, `ws`, and our native room. */
export const frames =
  (path: string, { greets }: { greets: boolean }): Connect =>
  async (seat) => {
    const query = new URLSearchParams({ room: seat.room, role: seat.role, user: userOf(seat) })
    const socket = open(`ws://127.0.0.1:${seat.port}${path}?${query.toString()}`)
    const ready = Promise.withResolvers<void>()
    socket.once('error', ready.reject)
    socket.once('close', () => ready.reject(new Error('closed before it was let in')))
    if (greets) socket.once('message', () => ready.resolve())
    else socket.once('open', () => ready.resolve())
    await ready.promise
    hear(socket, seat)
    return {
      report: (step) => socket.send(JSON.stringify({ type: 'position', ...position(step) })),
      close: () => socket.terminate(),
    }
  }

/** A Socket.IO client over WebSocket: what socket.io-client says and answers, without its cost in the load generator. */
export const socketIo: Connect = async (seat) => {
  const socket = open(`ws://127.0.0.1:${seat.port}/socket.io/?EIO=4&transport=websocket`)
  const ready = Promise.withResolvers<void>()
  socket.once('error', ready.reject)
  socket.once('close', () => ready.reject(new Error('closed before it was let in')))
  const answer: Record<string, string> = {
    '0': `40${JSON.stringify({ token: `${seat.role}:${userOf(seat)}` })}`,
    '40': `420${JSON.stringify(['ride:join', seat.room])}`,
    '2': '3',
  }
  socket.on('message', (data) => {
    const packet = textOf(data)
    const kind = packet.startsWith('4') ? packet.slice(0, 2) : packet.charAt(0)
    const reply = answer[kind]
    if (reply !== undefined) socket.send(reply)
    else if (kind === '43') ready.resolve()
    else if (kind === '44') ready.reject(new Error(packet))
  })
  await ready.promise
  hear(socket, seat)
  return {
    report: (step) =>
      socket.send(`42${JSON.stringify(['location:update', { ...position(step), rideId: seat.room }])}`),
    close: () => socket.terminate(),
  }
}
