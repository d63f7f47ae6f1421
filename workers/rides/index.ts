import type { Operation } from '../http/operation.ts'
import { cancelRide } from './cancel-ride.ts'
import { completeRide } from './complete-ride.ts'
import { getRide } from './get-ride.ts'
import { joinRide } from './join-ride.ts'
import { listRides } from './list-rides.ts'
import { startRide } from './start-ride.ts'

export const rideOperations: readonly Operation[] = [
  listRides,
  getRide,
  startRide,
  completeRide,
  cancelRide,
  joinRide,
]
