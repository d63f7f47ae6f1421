import { z } from 'zod'

const Money = z.object({ amount: z.number() })

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
      fare: Money,
    }),
  ),
})
export type Offer = z.infer<typeof Offers>['items'][number]
export const Cancellation = z.object({ refund: Money, kept: Money })
export const Booking = z.object({
  ...{ id: z.string(), state: z.string(), boardingCode: z.string().nullable() },
  expiresAt: z.string().nullable(),
  refund: Cancellation.nullable(),
})
export type Booking = z.infer<typeof Booking>
export const Bookings = z.object({ items: z.array(Booking) })
export const Ride = z.object({ id: z.string(), status: z.string() })
export type Ride = z.infer<typeof Ride>
export const Refusal = z.object({
  code: z.string(),
  errors: z.array(z.object({ message: z.string() })).optional(),
})
export const Message = z.object({ id: z.string(), body: z.string().nullable() })
export const Messages = z.object({ items: z.array(Message) })
export const Link = z.object({ url: z.string() })
export const Order = z.object({ gatewayOrderId: z.string(), amount: Money, fee: Money })
const Parts = z.object({ fare: Money, fee: Money, tax: Money, total: Money })
export type Parts = z.infer<typeof Parts>
const Issued = Parts.extend({ number: z.string() })
export const Receipt = Issued.extend({ creditNotes: z.array(Issued) })
export const Payments = z.object({
  details: z.object({ refunds: z.array(z.object({ state: z.string(), amount: Money })) }),
})
export const RideEarnings = z.object({
  lines: z.array(z.object({ item: z.enum(['fare', 'fee', 'tax']), to: z.string(), amount: Money })),
  ...{ paid: Money, wallet: Money.extend({ currency: z.string() }), cash: Money },
})
export const Balance = z.object({
  ...{ balance: Money, held: Money },
  nextRelease: z.object({ at: z.string() }).nullable(),
})
export const PayoutMethod = z.object({ id: z.string(), lastFour: z.string() })
export type PayoutMethod = z.infer<typeof PayoutMethod>
