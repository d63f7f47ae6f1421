import type { Razorpay } from '../stand-ins/razorpay/razorpay.ts'
import type { InboxRoutes } from './inbox-api.ts'

const SHOWN = 200

/** What the page shows of Razorpay: the newest orders with their payments and refunds, and the newest payouts. */
export const moneyLists = (razorpay: Razorpay): InboxRoutes => ({
  'GET /api/payments': async () => Response.json({ items: razorpay.orders(SHOWN) }),
  'GET /api/payouts': async () => Response.json({ items: razorpay.payouts(SHOWN) }),
})
