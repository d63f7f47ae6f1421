export const bookingStates = [
  // Seats of a full ride became free and are held for whom waits for them.
  'offered',
  'pending',
  'confirmed',
  'boarded',
  'completed',
  'rejected',
  'cancelled',
  'expired',
  'no_show',
] as const
export type BookingState = (typeof bookingStates)[number]

export const bookingActions = [
  'accept',
  'reject',
  'cancel',
  'expire',
  'board',
  'complete',
  'mark_absent',
] as const
export type BookingAction = (typeof bookingActions)[number]

/** The states in which a booking holds its seats. */
export const activeStates = ['pending', 'confirmed', 'boarded'] as const satisfies BookingState[]
