import { z } from '@hono/zod-openapi'
import {
  ACCOUNT_NUMBER,
  HOLDER_NAME,
  IFSC,
  MAX_UPI_ADDRESS,
  UPI_ADDRESS,
} from '#packages/payouts/destination.ts'
import { payoutMethodKinds, payoutStates } from '#packages/payouts/states.ts'
import { Id, Instant, Money } from '../http/shapes.ts'

const HolderName = z.string().trim().regex(HOLDER_NAME, 'As the bank writes it, in Latin letters')

/** Where a driver wants to be paid: of each kind its own fields. */
export const NewPayoutMethod = z
  .strictObject({
    kind: z.enum(payoutMethodKinds),
    address: z
      .string()
      .trim()
      .toLowerCase()
      .max(MAX_UPI_ADDRESS)
      .regex(UPI_ADDRESS, 'An address of UPI, such as asha@okbank')
      .optional()
      .openapi({ description: 'Of `upi`', example: 'asha@okbank' }),
    accountNumber: z
      .string()
      .trim()
      .regex(ACCOUNT_NUMBER, '9 to 18 digits')
      .optional()
      .openapi({ description: 'Of `bank`', example: '000123456789' }),
    ifsc: z
      .string()
      .trim()
      .toUpperCase()
      .regex(IFSC, 'The code of a branch, such as HDFC0001234')
      .optional()
      .openapi({ description: 'Of `bank`', example: 'HDFC0001234' }),
    name: HolderName.optional().openapi({
      description: 'Who holds it: wanted of `bank`; of `upi` the name of the profile, unless given',
    }),
  })
  .openapi('NewPayoutMethod')

const method = {
  id: Id,
  kind: z.enum(payoutMethodKinds),
  lastFour: z.string().openapi({
    description: 'How the account number, or the address before its @, ends',
    example: '6789',
  }),
}

export const PayoutMethod = z.object({ ...method, createdAt: Instant }).openapi('PayoutMethod')

export const Withdrawal = z
  .object({
    id: Id,
    amount: Money,
    state: z.enum(payoutStates).openapi({
      description:
        '`waiting` for approval and can be cancelled, `approved`, `sent`, `paid`; the others: the money is in the wallet again',
    }),
    method: z.object(method),
    bankReference: z.string().nullable().openapi({ description: 'The UTR of the transfer' }),
    failure: z.string().nullable().openapi({ description: 'Why the money came back' }),
    requestedAt: Instant,
    updatedAt: Instant,
  })
  .openapi('Withdrawal')
