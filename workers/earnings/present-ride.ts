import type { z } from '@hono/zod-openapi'
import type { BookingState } from '#packages/booking/states.ts'
import { addEarnings, type Earning, earnFromBooking } from '#packages/earnings/earn-from-booking.ts'
import { paise } from '#packages/fares/money.ts'
import { HOLD_MS } from '#packages/ledger/postings.ts'
import type { PayWay } from '#packages/payments/states.ts'
import type { RideEarnings } from './contract.ts'

/** A booking that brings something; without id and state where it is only thought of. Amounts are paise. */
export interface EarningBooking {
  bookingId: string | null
  state: BookingState | null
  seats: number
  payWith: PayWay
  fare: number
  fee: number
  availableAt: Date | null
}

/** What bookings bring, each and together; those that wait for an answer are shown and not added. */
export function presentRideEarnings(
  rideId: string | null,
  bookings: readonly EarningBooking[],
): z.input<typeof RideEarnings> {
  const each = bookings.map((booking) => ({ booking, earning: earnFromBooking(booking) }))
  const counted = each.filter(({ booking }) => booking.state !== 'pending')
  return {
    rideId,
    bookings: each.map(({ booking: { bookingId, state, seats, payWith, availableAt }, earning }) => ({
      ...{ bookingId, state, seats, payWith },
      ...presentEarning(earning, [availableAt]),
    })),
    ...presentEarning(
      addEarnings(counted.map(({ earning }) => earning)),
      counted.flatMap(({ booking, earning }) => (earning.wallet > 0 ? [booking.availableAt] : [])),
    ),
    heldFor: HOLD_MS / 1000,
  }
}

function presentEarning({ lines, paid, wallet, cash }: Earning, available: readonly (Date | null)[]) {
  const last = Math.max(...available.map((at) => at?.getTime() ?? 0))
  return {
    lines: lines.map((line) => ({ ...line, amount: paise(line.amount) })),
    ...{ paid: paise(paid), wallet: paise(wallet), cash: paise(cash) },
    availableAt: wallet > 0 && last > 0 ? new Date(last).toISOString() : null,
  }
}
