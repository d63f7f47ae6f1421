import { z } from 'zod'

/** The parts of the replies that the story reads. */
export const Named = z.object({ id: z.string() })
export const Car = Named.extend({ plate: z.string() })
export type Car = z.infer<typeof Car>
export const Route = z.object({ id: z.string(), path: z.string(), rides: z.tuple([Named]) })
export const Offers = z.object({
  items: z.array(
    z.object({
      rideId: z.string(),
      quote: z.string(),
      seatsLeft: z.number(),
      pickup: z.object({ walk: z.number(), at: z.string() }),
      fare: z.object({ amount: z.number() }),
    }),
  ),
})
export type Offer = z.infer<typeof Offers>['items'][number]
export const Booking = z.object({ id: z.string(), state: z.string(), boardingCode: z.string().nullable() })
export const Bookings = z.object({ items: z.array(Booking) })
export const Ride = z.object({ id: z.string(), status: z.string() })
export const Refusal = z.object({ code: z.string() })
export const Message = z.object({ id: z.string(), body: z.string().nullable() })
export const Messages = z.object({ items: z.array(Message) })
export const Link = z.object({ url: z.string() })
