import type { z } from 'zod'
import { GatewayError } from '#packages/payments/payment-port.ts'

/** An id goes into a path: one in another form is not asked about. */
export function checkId(form: z.ZodType<string>, id: string): string {
  if (!form.safeParse(id).success) throw new GatewayError('refused', 'Not an id of Razorpay')
  return id
}
