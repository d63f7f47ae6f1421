import { z } from 'zod'
import { amount, currency, notes, readRequest } from './requests.ts'

const MAX_REFERENCE = 40
/** What banks show. */
const NARRATION = /^[A-Za-z0-9 ]{1,30}$/

const reference_id = z.string().max(MAX_REFERENCE, 'The reference id may not be greater than 40 characters.')

const NewContact = z.strictObject({
  name: z.string().min(3, 'The name must be at least 3 characters.').max(50),
  type: z.string().max(40).optional(),
  reference_id: reference_id.optional(),
})
export type NewContact = z.infer<typeof NewContact>

const contact_id = z.string()
const NewFundAccount = z.discriminatedUnion('account_type', [
  z.strictObject({
    contact_id,
    account_type: z.literal('vpa'),
    vpa: z.strictObject({
      address: z
        .string()
        .regex(/^[\w.-]{2,256}@[a-zA-Z]{2,64}$/, 'Invalid VPA. Please enter a valid Virtual Payment Address'),
    }),
  }),
  z.strictObject({
    contact_id,
    account_type: z.literal('bank_account'),
    bank_account: z.strictObject({
      name: z.string().min(3).max(120),
      ifsc: z.string().regex(/^[A-Z]{4}0[A-Z0-9]{6}$/, 'Invalid IFSC Code in Bank Account'),
      account_number: z.string().regex(/^[A-Za-z0-9]{5,35}$/, 'The account number format is invalid.'),
    }),
  }),
])
export type NewFundAccount = z.infer<typeof NewFundAccount>

const NewPayout = z.strictObject({
  account_number: z.string(),
  fund_account_id: z.string(),
  amount,
  currency,
  mode: z.enum(['UPI', 'IMPS']),
  purpose: z.string().min(1).max(30),
  queue_if_low_balance: z.boolean().optional(),
  reference_id: reference_id.optional(),
  narration: z.string().regex(NARRATION, 'The narration format is invalid.').optional(),
  notes,
})
export type NewPayout = z.infer<typeof NewPayout>

export const readContact = (body: unknown) => readRequest(NewContact, body)
export const readFundAccount = (body: unknown) => readRequest(NewFundAccount, body)
export const readPayout = (body: unknown) => readRequest(NewPayout, body)
