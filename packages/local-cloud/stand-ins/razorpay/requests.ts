import { z } from 'zod'
import { RazorpayError } from './entities.ts'

const MIN_PAISE = 100
const MAX_PAISE = 50_000_000_00
const MAX_NOTES = 15
const MAX_EXPIRY_MINUTES = 7200

export const notes = z
  .record(z.string(), z.union([z.string(), z.number()]).transform(String).pipe(z.string().max(256)))
  .refine((all) => Object.keys(all).length <= MAX_NOTES, 'Number of notes should be less than or equal to 15.')
  .optional()
export const amount = z
  .number('The amount field is required.')
  .int('The amount must be an integer.')
  .min(MIN_PAISE, 'The amount must be atleast INR 1.00')
  .max(MAX_PAISE, 'Amount exceeds maximum amount allowed.')
export const currency = z.literal('INR', 'The currency is not supported.')
const receipt = z.string().max(40, 'The receipt may not be greater than 40 characters.').optional()

const NewOrder = z.strictObject({
  amount,
  currency,
  receipt,
  notes,
  payment: z
    .strictObject({
      capture: z.literal('automatic'),
      capture_options: z.strictObject({
        automatic_expiry_period: z.int().min(12).max(MAX_EXPIRY_MINUTES),
        manual_expiry_period: z.int().min(12).max(MAX_EXPIRY_MINUTES).optional(),
        refund_speed: z.enum(['normal', 'optimum']),
      }),
    })
    .optional(),
  partial_payment: z.literal(false).optional(),
})
export type NewOrder = z.infer<typeof NewOrder>

const Capture = z.strictObject({
  amount,
  currency: currency.optional(),
})
export type Capture = z.infer<typeof Capture>

const NewRefund = z.strictObject({
  amount: amount.optional(),
  speed: z.enum(['normal', 'optimum']).optional(),
  notes,
  receipt,
})
export type NewRefund = z.infer<typeof NewRefund>

/** Reads a body, or refuses it in Razorpay's words. */
export function readRequest<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const extra = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined
  if (extra !== undefined) throw new RazorpayError(`${extra} is/are not required and should not be sent`)
  const field = issue?.path.join('.')
  throw new RazorpayError(issue?.message ?? 'Invalid request', field ? { field } : {})
}

export const readOrder = (body: unknown) => readRequest(NewOrder, body)
export const readCapture = (body: unknown) => readRequest(Capture, body)
/** A refund without a body returns all that is left. */
export const readRefund = (body: unknown) => readRequest(NewRefund, body ?? {})
