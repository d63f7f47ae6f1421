import { z } from '@hono/zod-openapi'
import { payoutMethodKinds, payoutRails, payoutStates } from '#packages/payouts/states.ts'
import { Id, Instant, Money } from '../http/shapes.ts'

/** A payout as the finance staff see it in their queue. */
export const Payout = z
  .object({
    id: Id,
    driverId: Id,
    amount: Money,
    state: z.enum(payoutStates),
    rail: z.enum(payoutRails).openapi({ description: '`manual`: somebody of the staff pays it by hand' }),
    approvalsNeeded: z.int(),
    approvals: z.array(z.object({ approverId: Id, at: Instant })),
    method: z.object({ id: Id, kind: z.enum(payoutMethodKinds), lastFour: z.string() }),
    gatewayPayoutId: z.string().nullable(),
    bankReference: z.string().nullable(),
    failure: z.string().nullable(),
    requestedAt: Instant,
    updatedAt: Instant,
  })
  .openapi('Payout')

export const InspectedPayout = Payout.extend({
  driver: z.object({ name: z.string().nullable(), isBanned: z.boolean() }),
  destination: z
    .discriminatedUnion('kind', [
      z.object({ kind: z.literal('upi'), address: z.string(), name: z.string() }),
      z.object({ kind: z.literal('bank'), accountNumber: z.string(), ifsc: z.string(), name: z.string() }),
    ])
    .nullable()
    .openapi({ description: 'In full; null once its driver removed it and nothing is on its way there' }),
}).openapi('InspectedPayout')
