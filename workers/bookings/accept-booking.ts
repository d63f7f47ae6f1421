import { bookingAction } from './booking-action.ts'

export const acceptBooking = bookingAction({
  id: 'acceptBooking',
  path: '/bookings/{id}/accept',
  summary: 'Accept a booking on my ride',
  action: 'accept',
  side: 'driver',
})
