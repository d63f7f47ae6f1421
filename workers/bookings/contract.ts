import { z } from '@hono/zod-openapi'
import { BOARDING_CODE_DIGITS } from '#packages/booking/boarding-code.ts'
import { bookingSides } from '#packages/booking/sides.ts'
import { bookingStates } from '#packages/booking/states.ts'
import { payWays } from '#packages/payments/states.ts'
import { rideStates } from '#packages/ride/transition.ts'
import { MAX_SEATS } from '../http/limits.ts'
import { Rating } from '../http/rating.ts'
import { areDistinct, Id, Instant, Money, orNull, Position } from '../http/shapes.ts'
import { Refund } from './cancellation.ts'

/** What the passenger has to do about paying. */
export const paymentStandings = ['none', 'due', 'paid'] as const

const Party = z.object({
  id: Id,
  name: z.string().nullable(),
  phone: z
    .string()
    .nullable()
    .openapi({ description: 'Shown to the other side once the booking is confirmed' }),
  rating: Rating.openapi({ description: 'As what the person is here' }),
})

export const Place = z.object({
  position: Position.openapi({ description: 'To the driver only roughly, until the booking is confirmed' }),
  at: Instant,
})

export const PayWith = z.enum(payWays)

const Price = z
  .object({
    fare: Money.openapi({ description: 'Of the driver' }),
    fee: Money.openapi({ description: 'Of the platform, without its tax; only of who pays online' }),
    tax: Money,
    total: Money,
  })
  .openapi('Price')

export const Booking = z
  .object({
    id: Id,
    state: z.enum(bookingStates),
    ride: z.object({ id: Id, status: z.enum(rideStates), departsAt: Instant }),
    driver: Party,
    passenger: Party,
    seats: z.int(),
    seatIds: z.array(z.string()).openapi({
      description:
        'Where they sit, on a ride with a seat map; fewer than `seats` where no single seat was free all the way',
    }),
    legs: z.object({ from: z.int(), to: z.int() }),
    pickup: Place,
    dropoff: Place,
    sameGender: z.boolean(),
    fare: Money,
    payWith: PayWith,
    price: Price,
    payment: z.enum(paymentStandings).openapi({
      description:
        'due: pay until `expiresAt`, or the seats are given to others; none: nothing is paid through the platform',
    }),
    expiresAt: Instant.nullable().openapi({
      description: 'Until when to pay, or the driver may answer, or an offer can be taken up',
    }),
    boardingCode: z
      .string()
      .nullable()
      .openapi({ description: 'To the passenger only: tell it to the driver' }),
    cancelledBy: z.enum(bookingSides).nullable(),
    refund: orNull(Refund).openapi({ description: 'Once it has ended without a ride' }),
    history: z.array(
      z.object({
        state: z.enum(bookingStates),
        at: Instant,
        by: z.enum(bookingSides).nullable().openapi({ description: 'Null where time did it' }),
      }),
    ),
    createdAt: Instant,
  })
  .openapi('Booking')

export const QuoteToken = z.string().min(20).max(4000).openapi({ description: 'From POST /routes/search' })

export const SameGender = z.boolean().default(false).openapi({
  description:
    'Ride only with people of my own gender, the driver among them: nobody else gets a seat on my legs. Needs the gender in my profile; who books several seats answers for those with them',
})

export const NewBooking = z
  .strictObject({
    quote: QuoteToken,
    sameGender: SameGender,
    seatIds: z
      .array(z.string().min(1).max(8))
      .min(1)
      .max(MAX_SEATS)
      .refine(areDistinct, 'Each seat once')
      .optional()
      .openapi({
        description: 'Seats of GET /rides/{id}/seats, as many as the quote has; else they are assigned',
      }),
    payWith: PayWith.optional().openapi({ description: 'Else in cash where the driver takes it' }),
  })
  .openapi('NewBooking')

export const TakeUp = z
  .strictObject({
    payWith: PayWith.optional().openapi({ description: 'Else in cash where the driver takes it' }),
  })
  .openapi('TakeUp')

export const CancelBooking = z
  .strictObject({
    refund: Money.optional().openapi({
      description: 'As GET /bookings/{id}/cancellation showed it; refused where it has changed since',
    }),
  })
  .openapi('CancelBooking')

export const BoardingCode = z
  .strictObject({
    code: z.string().regex(new RegExp(`^\\d{${BOARDING_CODE_DIGITS}}$`), `${BOARDING_CODE_DIGITS} digits`),
  })
  .openapi('BoardingCode')
