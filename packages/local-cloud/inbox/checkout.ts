import { RazorpayError } from '../stand-ins/razorpay/entities.ts'
import type { Razorpay } from '../stand-ins/razorpay/razorpay.ts'
import { refuse } from './refuse.ts'

const PAGE = /^\/checkout\/order_\w+$/
const ORDER = /^\/api\/orders\/(order_\w+)$/

/**
 * `GET /checkout/<order>`: the page where a person pays, is declined or leaves. `GET /api/orders/<order>`: what it shows.
 * Undefined: the path is neither.
 */
export async function showCheckout(
  path: string,
  razorpay: Razorpay,
  page: () => Promise<Response>,
): Promise<Response | undefined> {
  if (PAGE.test(path)) return page()
  const [, id] = ORDER.exec(path) ?? []
  if (id === undefined) return undefined
  try {
    return Response.json(razorpay.order(id))
  } catch (error) {
    if (error instanceof RazorpayError) return refuse(404, 'No such order')
    throw error
  }
}
