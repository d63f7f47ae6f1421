import { collectMetrics } from '#durable-objects/metrics/collect-metrics.ts'
import type { Metrics } from '#durable-objects/metrics/metrics.ts'
import { refuseSocket } from '#durable-objects/refuse-socket.ts'
import {
  announceToRide,
  joinRideRoom,
  lookAtRide,
  type RideRooms,
  reportToRide,
  rideTrace,
} from '#durable-objects/ride-room/reach-ride-room.ts'
import { reachGateway, type SocketGateways } from '#durable-objects/socket-gateway/reach-gateway.ts'
import {
  joinUserHub,
  passOnToUsers,
  reachUserHub,
  type UserHubs,
} from '#durable-objects/user-hub/reach-user-hub.ts'
import { imagesBinding } from '#packages/pictures/images-binding.ts'
import { SOCKET_PROTOCOL } from '#packages/protocol/socket-protocol.ts'
import { r2Bucket } from '#packages/storage/r2-bucket.ts'
import type { Host } from './context.ts'

/** What wrangler.toml binds beside the variables. */
export interface Bindings {
  RIDE_ROOM: RideRooms
  USER_HUB: UserHubs
  SOCKET_GATEWAY: SocketGateways
  METRICS: DurableObjectNamespace<Metrics>
  EVENTS: Queue<OutboxNudge>
  FILES: R2Bucket
  IMAGES: ImagesBinding
}

/** Says that the outbox has something to deliver that could not be delivered at once. */
export interface OutboxNudge {
  type: 'drain-outbox'
}

/** The application's surroundings on Cloudflare. */
export function cloudflareHost(bindings: Bindings): Host {
  return {
    live: {
      joinRide: async (pass, request) =>
        agreeOnProtocol(request, await joinRideRoom(bindings.RIDE_ROOM, pass, request)),
      announce: (rideId, events) => announceToRide(bindings.RIDE_ROOM, rideId, events),
      rideLocation: (pass) => lookAtRide(bindings.RIDE_ROOM, pass),
      reportPositions: (pass, positions) => reportToRide(bindings.RIDE_ROOM, pass, positions),
      rideTrace: (rideId) => rideTrace(bindings.RIDE_ROOM, rideId),
      joinHub: async (pass, request) =>
        agreeOnProtocol(request, await joinUserHub(bindings.USER_HUB, pass, request)),
      tellUser: (userId, events) => reachUserHub(bindings.USER_HUB, userId).tell(events),
      endSessions: (userId, ids) => reachUserHub(bindings.USER_HUB, userId).endSessions(ids),
      hidePresence: (userId, from) => reachUserHub(bindings.USER_HUB, userId).hidePresence(from),
      forgetUser: (userId) => reachUserHub(bindings.USER_HUB, userId).forget(),
      socketIo: (request) => reachGateway(bindings.SOCKET_GATEWAY, request),
      passOn: (userIds, frame) => passOnToUsers(bindings.USER_HUB, userIds, frame),
    },
    metrics: collectMetrics(bindings.METRICS),
    objects: r2Bucket(bindings.FILES),
    pictures: imagesBinding(bindings.IMAGES),
    platform: {
      callerAddress: (request) => request.headers.get('cf-connecting-ip') ?? 'unknown',
      keepAlive: (c, work) => c.executionCtx.waitUntil(work),
      drainSoon: async (afterSeconds) => {
        await bindings.EVENTS.send({ type: 'drain-outbox' }, { delaySeconds: afterSeconds })
      },
      refuseSocket: (problem, request) => agreeOnProtocol(request, refuseSocket(problem)),
    },
  }
}

/** A browser that offers subprotocols ends the connection unless one of them is chosen. */
function agreeOnProtocol(request: Request, response: Response): Response {
  if (!response.webSocket || !request.headers.has('sec-websocket-protocol')) return response
  const headers = { 'sec-websocket-protocol': SOCKET_PROTOCOL }
  return new Response(null, { status: response.status, webSocket: response.webSocket, headers })
}
