import { z } from '@hono/zod-openapi'
import { bookingStates } from '#packages/booking/states.ts'
import { earningItems } from '#packages/earnings/earn-from-booking.ts'
import { transactionKinds } from '#packages/ledger/kinds.ts'
import { payWays } from '#packages/payments/states.ts'
import { payoutMethodKinds } from '#packages/payouts/states.ts'
import { Day, Id, Instant, Money } from '../http/shapes.ts'

/** Money that may be below nothing: what moves a wallet. */
export const SignedMoney = z
  .strictObject({ amount: z.int(), currency: z.literal('INR') })
  .openapi('SignedMoney', { example: { amount: -5000, currency: 'INR' } })

const paying = {
  lines: z
    .array(z.object({ item: z.enum(earningItems), to: z.enum(['driver', 'platform', 'state']), amount: Money }))
    .openapi({ description: 'Who gets what; add up to `paid`' }),
  paid: Money.openapi({ description: 'What passengers pay' }),
  wallet: Money.openapi({ description: 'What of it reaches the wallet' }),
  cash: Money.openapi({ description: 'What of it passengers pay in the car' }),
  availableAt: Instant.nullable().openapi({
    description:
      'From when all of `wallet` can be withdrawn, or is expected to; null where nothing reaches it, or no ride is named',
  }),
}

export const RideEarnings = z
  .object({
    rideId: Id.nullable(),
    bookings: z.array(
      z.object({
        bookingId: Id.nullable(),
        state: z.enum(bookingStates).nullable(),
        seats: z.int(),
        payWith: z.enum(payWays),
        ...paying,
      }),
    ),
    ...paying,
    heldFor: z.int().openapi({ description: 'Seconds that a fare is held in the wallet after its ride' }),
  })
  .openapi('RideEarnings', {
    description: 'The totals are without bookings that wait for an answer (`pending`)',
  })

const amounts = {
  online: Money.openapi({ description: 'Rides paid online, to the wallet' }),
  cash: Money.openapi({ description: 'Paid in the car' }),
  cancellations: Money.openapi({ description: 'Kept of what was cancelled or nobody came to' }),
  refunds: SignedMoney.openapi({ description: 'Taken back from the wallet; below nothing' }),
  corrections: SignedMoney.openapi({ description: 'Put right by hand' }),
  total: SignedMoney,
}

export const Earnings = z
  .object({
    period: Day.openapi({ description: 'Its first day in India' }),
    from: Instant,
    to: Instant.openapi({ description: 'The first instant after it' }),
    ...amounts,
    rideCount: z.int(),
    rides: z
      .array(
        z.object({
          ride: z.object({
            id: Id,
            departsAt: Instant,
            from: z.string().nullable(),
            to: z.string().nullable(),
          }),
          bookings: z.int(),
          ...amounts,
        }),
      )
      .openapi({ description: 'Newest first, at most 100' }),
  })
  .openapi('Earnings')

export const Balance = z
  .object({
    balance: Money,
    held: Money.openapi({ description: 'Of the balance, what cannot be withdrawn yet' }),
    withdrawable: Money,
    nextRelease: z
      .object({ at: Instant, amount: Money.openapi({ description: 'By how much `withdrawable` rises then' }) })
      .nullable(),
  })
  .openapi('Balance')

export const Statement = z
  .object({
    month: z.string().openapi({ example: '2026-11' }),
    driver: z.object({ id: Id, name: z.string().nullable() }),
    from: Instant,
    to: Instant.openapi({ description: 'The first instant after it' }),
    opening: SignedMoney,
    lines: z.array(
      z.object({
        at: Instant,
        kind: z.enum(transactionKinds),
        amount: SignedMoney,
        balance: SignedMoney.openapi({ description: 'Of the wallet, after this line' }),
        availableAt: Instant.nullable().openapi({ description: 'From when on it can be withdrawn' }),
        booking: z
          .object({
            id: Id,
            isCompleted: z.boolean(),
            rideId: Id,
            departsAt: Instant,
            from: z.string().nullable(),
            to: z.string().nullable(),
          })
          .nullable(),
        payout: z.object({ id: Id, method: z.enum(payoutMethodKinds), lastFour: z.string() }).nullable(),
      }),
    ),
    closing: SignedMoney,
  })
  .openapi('Statement')
