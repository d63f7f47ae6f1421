import { bookingAction } from './booking-action.ts'

export const markAbsent = bookingAction({
  id: 'markAbsent',
  path: '/bookings/{id}/absent',
  summary: 'Mark a passenger who did not come, once the ride has started or was to fetch them',
  action: 'mark_absent',
  side: 'driver',
  otherwise: 'ride_not_started',
})
