import { z } from 'zod'
import { RazorpayError } from '../stand-ins/razorpay/entities.ts'
import type { Razorpay } from '../stand-ins/razorpay/razorpay.ts'
import { readJson } from '../stand-ins/read-json.ts'
import { issueOf, refuse } from './refuse.ts'

const PATH = /^\/api\/(payments|refunds|payouts|webhooks)\/(\w+)\/([a-z]+)$/

const Pay = z.strictObject({
  capture: z.boolean().optional(),
  amount: z.int().min(1).optional(),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .optional(),
  evenIfPaid: z.boolean().optional(),
})

type Act = (razorpay: Razorpay, id: string, request: Request) => Promise<unknown>

/** What a person does to one thing: `POST /api/payments/<order>/pay`, `/api/payouts/<payout>/reverse` and so on. */
const ACTIONS: Readonly<Record<string, Act>> = {
  'payments/pay': async (razorpay, id, request) => razorpay.pay(id, Pay.parse((await readJson(request)) ?? {})),
  'payments/fail': (razorpay, id) => razorpay.fail(id),
  'refunds/process': (razorpay, id) => razorpay.processRefund(id),
  'refunds/fail': (razorpay, id) => razorpay.failRefund(id),
  'payouts/process': (razorpay, id) => razorpay.processPayout(id),
  'payouts/fail': (razorpay, id) => razorpay.failPayout(id),
  'payouts/reject': (razorpay, id) => razorpay.rejectPayout(id),
  'payouts/reverse': (razorpay, id) => razorpay.reversePayout(id),
  'webhooks/send': async (razorpay, id) => {
    await razorpay.resend(id)
    return {}
  },
}

/** Undefined: the path is none of an action. 404 for an unknown id, 409 where its state does not allow it. */
export async function actOnGateway(
  request: Request,
  path: string,
  razorpay: Razorpay,
): Promise<Response | undefined> {
  const [, kind = '', id = '', action = ''] = PATH.exec(path) ?? []
  const act = ACTIONS[`${kind}/${action}`]
  if (!act) return undefined
  try {
    return Response.json(await act(razorpay, id, request))
  } catch (error) {
    if (error instanceof z.ZodError) return refuse(400, issueOf(error))
    if (error instanceof RazorpayError) return refuse(error.isUnknownId ? 404 : error.status, error.message)
    throw error
  }
}
