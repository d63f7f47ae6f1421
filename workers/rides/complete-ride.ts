import { completeRide as complete } from '#db/queries/rides/change-ride.ts'
import { rideAction } from './ride-action.ts'

export const completeRide = rideAction({
  id: 'completeRide',
  path: '/rides/{id}/complete',
  summary: 'Complete my ride, when every passenger has boarded or been marked absent',
  action: 'complete',
  otherwise: 'passengers_unaccounted',
  perform: complete,
})
