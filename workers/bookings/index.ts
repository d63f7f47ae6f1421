import type { Operation } from '../http/operation.ts'
import { acceptBooking } from './accept-booking.ts'
import { boardPassenger } from './board-passenger.ts'
import { cancelBooking } from './cancel-booking.ts'
import { createBooking } from './create-booking.ts'
import { getBooking } from './get-booking.ts'
import { listBookings } from './list-bookings.ts'
import { markAbsent } from './mark-absent.ts'
import { rejectBooking } from './reject-booking.ts'

export const bookingOperations: readonly Operation[] = [
  createBooking,
  listBookings,
  getBooking,
  acceptBooking,
  rejectBooking,
  cancelBooking,
  boardPassenger,
  markAbsent,
]
