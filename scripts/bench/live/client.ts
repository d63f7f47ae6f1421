import { type RawData, WebSocket } from 'ws'
import type { Seat } from './seats.ts'

/** What a Socket.IO client shows when it comes back, to be recognised. */
export interface Memory {
  pid: string
  /** Behind the last event that it has heard, if one had any. */
  offset: string | null
}

/** Who connects, and what it does with a position that it hears. */
export interface Arrival {
  port: number
  seat: Seat
  onPosition?: ((step: number) => void) | undefined
  /** It was here before and shows it. */
  memory?: Memory | undefined
}

/** A connected client of one of the servers. */
export interface Client {
  /** Reports the driver's position number `step`. */
  report(step: number): void
  /** With what it may come back; null where its server recognises nobody. */
  memory(): Memory | null
  close(): void
}

/** How to talk to a server: resolves when it has let the client in. */
export type Connect = (arrival: Arrival) => Promise<Client>

/** A position can carry a number through every server unchanged, in its latitude. */
const FIRST_LAT = 10
const LAT_PER_STEP = 1e-6

export const position = (step: number) => ({
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
export const textOf = (data: RawData) => (Buffer.isBuffer(data) ? data.toString() : '')

/** A socket that is being opened, and a promise for whoever decides that it was let in. */
export function open(url: string) {
  const socket = new WebSocket(url, { perMessageDeflate: false, handshakeTimeout: 30_000 })
  const ready = Promise.withResolvers<void>()
  socket.once('error', ready.reject)
  socket.once('close', () => ready.reject(new Error('closed before it was let in')))
  return { socket, ready }
}

export function hear(socket: WebSocket, { onPosition }: Arrival): void {
  if (!onPosition) return
  socket.on('message', (data) => {
    const step = stepIn(textOf(data))
    if (step !== null) onPosition(step)
  })
}

/** One socket per person that says and hears JSON frames: the raw relay, `ws`, and our native room. */
export const frames =
  (path: string, { greets }: { greets: boolean }): Connect =>
  async (arrival) => {
    const { port, seat } = arrival
    const query = new URLSearchParams({ ...seat })
    const { socket, ready } = open(`ws://127.0.0.1:${port}${path}?${query.toString()}`)
    if (greets) socket.once('message', () => ready.resolve())
    else socket.once('open', () => ready.resolve())
    await ready.promise
    hear(socket, arrival)
    return {
      report: (step) => socket.send(JSON.stringify({ type: 'position', ...position(step) })),
      memory: () => null,
      close: () => socket.terminate(),
    }
  }
