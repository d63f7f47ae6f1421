import { cancelRide as cancel } from '#db/queries/rides/change-ride.ts'
import { rideAction } from './ride-action.ts'

export const cancelRide = rideAction({
  id: 'cancelRide',
  path: '/rides/{id}/cancel',
  summary: 'Cancel my ride and every booking on it',
  action: 'cancel',
  otherwise: 'concurrent_change',
  perform: cancel,
})
