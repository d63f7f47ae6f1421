import { z } from '@hono/zod-openapi'
import { BOOKING_MODES, LUGGAGE, VEHICLE_FEATURES, VEHICLE_KINDS } from '#db/schema/index.ts'
import { Rating } from './rating.ts'
import { Id, Instant, Money, orNull, Position } from './shapes.ts'

const MeetingPlace = z.object({
  position: Position,
  at: Instant,
  walk: z.int().openapi({ description: 'Straight metres from where the passenger wants to be' }),
})

export const SearchResult = z
  .object({
    rideId: Id,
    routeId: Id,
    driver: z.object({ id: Id, name: z.string().nullable(), rating: Rating }),
    vehicle: z.object({
      make: z.string(),
      model: z.string(),
      colour: z.string(),
      kind: z.enum(VEHICLE_KINDS),
    }),
    womenOnly: z.boolean(),
    sameGenderOnly: z.boolean().openapi({
      description: 'Somebody on these legs rides only with people of their own gender, which is mine too',
    }),
    luggage: z.enum(LUGGAGE),
    amenities: z.array(z.enum(VEHICLE_FEATURES)),
    departsAt: Instant,
    bookingMode: z.enum(BOOKING_MODES),
    pickup: MeetingPlace,
    dropoff: MeetingPlace,
    legs: z.object({ from: z.int(), to: z.int() }),
    distance: z.int(),
    seatsLeft: z.int(),
    fare: Money.openapi({ description: 'For all seats asked for' }),
    cashAccepted: z.boolean(),
    onlineFee: orNull(Money).openapi({
      description: 'What who pays online pays beside the fare, tax included; null: that is not possible now',
    }),
    quote: z.string().openapi({ description: 'Signed; bring it to POST /bookings before it expires' }),
    quoteExpiresAt: Instant,
  })
  .openapi('SearchResult')
