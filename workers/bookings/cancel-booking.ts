import { bookingAction } from './booking-action.ts'

export const cancelBooking = bookingAction({
  id: 'cancelBooking',
  path: '/bookings/{id}/cancel',
  summary: 'Cancel my booking; its seats become free',
  action: 'cancel',
  side: 'passenger',
})
