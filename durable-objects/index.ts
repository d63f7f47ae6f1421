export { Metrics } from './metrics/metrics.ts'
export { RideRoom } from './ride-room/ride-room.ts'
export { SocketGateway } from './socket-gateway/socket-gateway.ts'
export { UserHub } from './user-hub/user-hub.ts'
