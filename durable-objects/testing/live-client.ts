import { env } from 'cloudflare:workers'
import type { RoomPass } from '#packages/protocol/room-pass.ts'
import { ServerFrame } from '#packages/protocol/server-frame.ts'
import { joinRideRoom, type RideRooms } from '../ride-room/reach-ride-room.ts'

/** `vitest.workerd.config.ts` binds that name to the class. */
function hasRideRooms(bindings: object): bindings is { RIDE_ROOM: RideRooms } {
  return 'RIDE_ROOM' in bindings
}

function bindRideRooms(): RideRooms {
  if (!hasRideRooms(env)) throw new Error('the test Worker has no RIDE_ROOM binding')
  return env.RIDE_ROOM
}

export const rideRooms = bindRideRooms()

const upgrade = { headers: { Upgrade: 'websocket' } }

/** A client of a room, as far as a test needs one. */
export class LiveClient {
  /** Everything heard, in order. */
  readonly frames: ServerFrame[] = []
  closed: { code: number; reason: string } | null = null
  readonly #socket: WebSocket
  #changed = Promise.withResolvers<void>()

  constructor(socket: WebSocket, allowHalfOpen = false) {
    this.#socket = socket
    socket.accept({ allowHalfOpen })
    socket.addEventListener('message', ({ data }) => {
      this.frames.push(ServerFrame.parse(JSON.parse(String(data))))
      this.#wakeWaiting()
    })
    socket.addEventListener('close', ({ code, reason }) => {
      this.closed = { code, reason }
      this.#wakeWaiting()
    })
  }

  /** Joins the room that the pass is for. */
  static async join(pass: RoomPass, after?: number): Promise<LiveClient> {
    const query = after === undefined ? '' : `?after=${after}`
    const request = new Request(`https://api.test/api/v1/rides/${pass.ride.id}/live${query}`, upgrade)
    return LiveClient.of(await joinRideRoom(rideRooms, pass, request))
  }

  /** @param allowHalfOpen leaves a Close frame from the room unanswered until `hangUp` */
  static of(response: Response, allowHalfOpen = false): LiveClient {
    if (response.webSocket === null) throw new Error(`no socket came with status ${response.status}`)
    return new LiveClient(response.webSocket, allowHalfOpen)
  }

  say(frame: unknown): void {
    this.#socket.send(typeof frame === 'string' || frame instanceof ArrayBuffer ? frame : JSON.stringify(frame))
  }

  hangUp(): void {
    this.#socket.close(1000, 'bye')
  }

  /** Waits until what was heard satisfies the condition; the test's own timeout ends a vain wait. */
  async until(condition: (client: this) => boolean): Promise<void> {
    while (!condition(this)) await this.#changed.promise
  }

  /** All frames of one type heard so far. */
  heard<Type extends ServerFrame['type']>(type: Type): Extract<ServerFrame, { type: Type }>[] {
    return this.frames.filter((frame): frame is Extract<ServerFrame, { type: Type }> => frame.type === type)
  }

  #wakeWaiting(): void {
    this.#changed.resolve()
    this.#changed = Promise.withResolvers()
  }
}
