import { bookingAction } from './booking-action.ts'

export const markAbsent = bookingAction({
  id: 'markAbsent',
  path: '/bookings/{id}/absent',
  summary: 'Mark a passenger who did not come',
  action: 'mark_absent',
  side: 'driver',
})
