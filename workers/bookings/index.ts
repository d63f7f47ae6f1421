import type { Operation } from '../http/operation.ts'
import { acceptBooking } from './accept-booking.ts'
import { boardPassenger } from './board-passenger.ts'
import { cancelBooking } from './cancel-booking.ts'
import { createBooking } from './create-booking.ts'
import { getBooking } from './get-booking.ts'
import { joinWaitlist } from './join-waitlist.ts'
import { leaveWaitlist } from './leave-waitlist.ts'
import { listBookings } from './list-bookings.ts'
import { listWaitlist } from './list-waitlist.ts'
import { markAbsent } from './mark-absent.ts'
import { previewCancellation } from './preview-cancellation.ts'
import { rejectBooking } from './reject-booking.ts'
import { takeUpOffer } from './take-up-offer.ts'

export const bookingOperations: readonly Operation[] = [
  createBooking,
  listBookings,
  getBooking,
  acceptBooking,
  rejectBooking,
  previewCancellation,
  cancelBooking,
  boardPassenger,
  markAbsent,
  joinWaitlist,
  listWaitlist,
  leaveWaitlist,
  takeUpOffer,
]
