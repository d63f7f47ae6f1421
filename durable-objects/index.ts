export { Metrics } from './metrics/metrics.ts'
export { RideRoom } from './ride-room/ride-room.ts'
