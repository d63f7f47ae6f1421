import { startRide as start } from '#db/queries/rides/change-ride.ts'
import { START_EARLIEST_BEFORE_MS } from '#packages/ride/start-window.ts'
import { rideAction } from './ride-action.ts'

export const startRide = rideAction({
  id: 'startRide',
  path: '/rides/{id}/start',
  summary: 'Start my ride, at most an hour before it departs; the room goes live',
  action: 'start',
  otherwise: 'ride_too_early',
  perform: (db, change) =>
    start(db, { ...change, departsBefore: new Date(change.now.getTime() + START_EARLIEST_BEFORE_MS) }),
})
