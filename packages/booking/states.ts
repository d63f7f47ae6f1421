export const bookingStates = [
  // Seats of a full ride became free and are held for whom waits for them.
  'offered',
  // The seats are held for as long as paying takes.
  'unpaid',
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
  // What the passenger does with an offer: takes the seats, or asks the driver for them where the route is on approval.
  'take_up',
  'ask',
  // … or holds them for as long as paying takes.
  'reserve',
  // The payment came in: confirmed, or the driver is asked.
  'pay',
  'pay_ask',
  'accept',
  'reject',
  'cancel',
  'expire',
  'board',
  'complete',
  'mark_absent',
  // What happens to it when the driver cancels the ride.
  'drop',
] as const
export type BookingAction = (typeof bookingActions)[number]

/** The states in which a booking holds its seats only for a while: until `expiresAt`. */
export const holdStates = ['offered', 'unpaid', 'pending'] as const satisfies BookingState[]

/** The states in which nothing is asked of the driver yet. */
export const unheardStates = ['offered', 'unpaid'] as const satisfies BookingState[]

/** The states of a passenger who is to be driven, or is on board. */
export const comingStates = ['confirmed', 'boarded'] as const satisfies BookingState[]

/** The states in which a booking holds its seats. */
export const activeStates = [...holdStates, ...comingStates] as const satisfies BookingState[]

/** The states of a passenger who rides along, or did: a seat of the ride is theirs, and driver and passenger know each other's phones. */
export const ridingStates = [...comingStates, 'completed'] as const satisfies BookingState[]

/** The states that only a booking comes to that was accepted once. */
export const acceptedStates = [...ridingStates, 'no_show'] as const satisfies BookingState[]
