import type { BookingState } from '../../../packages/booking/states.ts'
import type { PayWay } from '../../../packages/payments/states.ts'
import type { NewRide } from '../../storms/new-ride.ts'

/** A booking as the model has it. Instants are Unix milliseconds. */
export interface ModelBooking {
  passengerId: string
  seats: number
  legFrom: number
  legTo: number
  state: BookingState
  expiresAt: number | null
  /** Where they sit, or sat. */
  places: string[]
  steps: BookingState[]
  cancelledBy: 'passenger' | 'driver' | null
  pickupAt: number
  madeAt: number
  endedAt: number
  fareAmount: number
  feeAmount: number
  payWith: PayWay
  /** The payment came in, in time or not. */
  paid: boolean
  /** The driver changed the ride materially after it was made and before it ended. */
  rideChanged: boolean
}

export interface ModelEntry {
  passengerId: string
  seats: number
  legFrom: number
  legTo: number
  state: 'waiting' | 'offered' | 'booked' | 'left' | 'lapsed'
  booking: ModelBooking | null
  pickupAt: number
  fareAmount: number
}

/** What is known of a ride without looking at the database. */
export interface Model {
  ride: NewRide
  now: number
  status: 'scheduled' | 'started' | 'completed' | 'cancelled'
  bookings: ModelBooking[]
  /** In the order of waiting. */
  entries: ModelEntry[]
}

export interface Part {
  legFrom: number
  legTo: number
  seats: number
}

export const departureOf = ({ ride }: Model): number => ride.departsAt.getTime()
