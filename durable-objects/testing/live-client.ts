import { env } from 'cloudflare:workers'
import type { RoomPass } from '#packages/protocol/room-pass.ts'
import { ServerFrame } from '#packages/protocol/server-frame.ts'
import { joinRideRoom, type RideRooms } from '../ride-room/reach-ride-room.ts'
import { FrameClient, socketOf } from './frame-client.ts'

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
export class LiveClient extends FrameClient<ServerFrame> {
  constructor(socket: WebSocket, allowHalfOpen = false) {
    super(socket, (text) => ServerFrame.parse(JSON.parse(text)), allowHalfOpen)
  }

  /** Joins the room that the pass is for. */
  static async join(pass: RoomPass, after?: number): Promise<LiveClient> {
    const query = after === undefined ? '' : `?after=${after}`
    const request = new Request(`https://api.test/api/v1/rides/${pass.ride.id}/live${query}`, upgrade)
    return LiveClient.of(await joinRideRoom(rideRooms, pass, request))
  }

  /** @param allowHalfOpen leaves a Close frame from the room unanswered until `hangUp` */
  static of(response: Response, allowHalfOpen = false): LiveClient {
    return new LiveClient(socketOf(response), allowHalfOpen)
  }
}
