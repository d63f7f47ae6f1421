import { bookingAction } from './booking-action.ts'

export const rejectBooking = bookingAction({
  id: 'rejectBooking',
  path: '/bookings/{id}/reject',
  summary: 'Reject a booking on my ride; its seats become free',
  action: 'reject',
  side: 'driver',
})
