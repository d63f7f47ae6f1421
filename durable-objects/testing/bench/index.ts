import { joinRideRoom, type RideRooms } from '../../ride-room/reach-ride-room.ts'
import { RideRoom as Room } from '../../ride-room/ride-room.ts'
import { reachGateway, type SocketGateways } from '../../socket-gateway/reach-gateway.ts'
import { passFor } from './open-backend.ts'
import type { RawRelay } from './raw-relay.ts'

export { UserHub } from '../../user-hub/user-hub.ts'
export { SocketGateway } from './lonely-gateway.ts'
export { OpenBackend as GatewayBackend } from './open-backend.ts'
export { RawRelay } from './raw-relay.ts'

interface Bindings {
  RIDE_ROOM: RideRooms
  RAW_RELAY: DurableObjectNamespace<RawRelay>
  SOCKET_GATEWAY: SocketGateways
}

let alarms = 0
/** Our room, counting how often an alarm wakes it. Its rides are in no database, so they have no plan. */
export class RideRoom extends Room {
  override database = { loadPlan: async () => null, storeTrace: async () => undefined }

  override async alarm(): Promise<void> {
    alarms += 1
    await super.alarm()
  }
}

export default {
  fetch(request, env) {
    const { pathname, searchParams } = new URL(request.url)
    const room = searchParams.get('room') ?? ''
    if (pathname === '/alarms') return new Response(String(alarms))
    if (pathname === '/raw') return env.RAW_RELAY.getByName(room).fetch(request)
    if (pathname === '/native')
      return joinRideRoom(env.RIDE_ROOM, passFor(room, searchParams.get('user') ?? ''), request)
    if (pathname === '/socket.io/') return reachGateway(env.SOCKET_GATEWAY, request)
    return new Response(null, { status: 404 })
  },
} satisfies ExportedHandler<Bindings>
