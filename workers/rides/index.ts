import type { Operation } from '../http/operation.ts'
import { cancelRide } from './cancel-ride.ts'
import { completeRide } from './complete-ride.ts'
import { getRide } from './get-ride.ts'
import { getRideLocation } from './get-ride-location.ts'
import { getRideTrace } from './get-ride-trace.ts'
import { joinRide } from './join-ride.ts'
import { listRideChanges } from './list-ride-changes.ts'
import { listRides } from './list-rides.ts'
import { listSeats } from './list-seats.ts'
import { startRide } from './start-ride.ts'
import { updateRide } from './update-ride.ts'

export const rideOperations: readonly Operation[] = [
  listRides,
  getRide,
  updateRide,
  listRideChanges,
  listSeats,
  startRide,
  completeRide,
  cancelRide,
  joinRide,
  getRideLocation,
  getRideTrace,
]
