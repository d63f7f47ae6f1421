import { z } from 'zod'
import { RazorpayError } from './entities.ts'

const MIN_PAISE = 100
const MAX_PAISE = 50_000_000_00
const MAX_NOTES = 15

const notes = z
  .record(z.string(), z.union([z.string(), z.number()]).transform(String).pipe(z.string().max(256)))
  .refine((all) => Object.keys(all).length <= MAX_NOTES, 'Number of notes should be less than or equal to 15.')
  .optional()
const amount = z
  .number('The amount field is required.')
  .int('The amount must be an integer.')
  .min(MIN_PAISE, 'The amount must be atleast INR 1.00')
  .max(MAX_PAISE, 'Amount exceeds maximum amount allowed.')
const receipt = z.string().max(40, 'The receipt may not be greater than 40 characters.').optional()

const NewOrder = z.strictObject({
  amount,
  currency: z.literal('INR', 'The currency is not supported.'),
  receipt,
  notes,
  partial_payment: z.literal(false).optional(),
})
export type NewOrder = z.infer<typeof NewOrder>

const Capture = z.strictObject({
  amount,
  currency: z.literal('INR', 'The currency is not supported.').optional(),
})
export type Capture = z.infer<typeof Capture>

const NewRefund = z.strictObject({
  amount: amount.optional(),
  speed: z.enum(['normal', 'optimum']).optional(),
  notes,
  receipt,
})
export type NewRefund = z.infer<typeof NewRefund>

function read<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const extra = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined
  if (extra !== undefined) throw new RazorpayError(`${extra} is/are not required and should not be sent`)
  const field = issue?.path.join('.')
  throw new RazorpayError(issue?.message ?? 'Invalid request', field ? { field } : {})
}

export const readOrder = (body: unknown) => read(NewOrder, body)
export const readCapture = (body: unknown) => read(Capture, body)
/** A refund without a body returns all that is left. */
export const readRefund = (body: unknown) => read(NewRefund, body ?? {})
