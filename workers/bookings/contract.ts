import { z } from '@hono/zod-openapi'
import { SIDES } from '#db/schema/index.ts'
import { BOARDING_CODE_DIGITS } from '#packages/booking/boarding-code.ts'
import { bookingStates } from '#packages/booking/states.ts'
import { rideStates } from '#packages/ride/transition.ts'
import { Id, Instant, Money, Position } from '../http/shapes.ts'

const Party = z.object({
  id: Id,
  name: z.string().nullable(),
  phone: z
    .string()
    .nullable()
    .openapi({ description: 'Shown to the other side once the booking is confirmed' }),
})

const Place = z.object({
  position: Position.openapi({ description: 'To the driver only roughly, until the booking is confirmed' }),
  at: Instant,
})

export const Booking = z
  .object({
    id: Id,
    state: z.enum(bookingStates),
    ride: z.object({ id: Id, status: z.enum(rideStates), departsAt: Instant }),
    driver: Party,
    passenger: Party,
    seats: z.int(),
    legs: z.object({ from: z.int(), to: z.int() }),
    pickup: Place,
    dropoff: Place,
    fare: Money,
    expiresAt: Instant.nullable().openapi({ description: 'Until when the driver may answer' }),
    boardingCode: z
      .string()
      .nullable()
      .openapi({ description: 'To the passenger only: tell it to the driver' }),
    cancelledBy: z.enum(SIDES).nullable(),
    createdAt: Instant,
  })
  .openapi('Booking')

export const NewBooking = z
  .strictObject({ quote: z.string().min(20).max(4000).openapi({ description: 'From POST /routes/search' }) })
  .openapi('NewBooking')

export const BoardingCode = z
  .strictObject({
    code: z.string().regex(new RegExp(`^\\d{${BOARDING_CODE_DIGITS}}$`), `${BOARDING_CODE_DIGITS} digits`),
  })
  .openapi('BoardingCode')
