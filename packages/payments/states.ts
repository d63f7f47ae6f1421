/** `new`: the gateway has not answered yet · `open`: can be paid · `paid` · `closed`: nobody is to pay it any more. */
export const orderStates = ['new', 'open', 'paid', 'closed'] as const
export type OrderState = (typeof orderStates)[number]

/** The orders of which a booking has one at most. */
export const openOrderStates = ['new', 'open'] as const satisfies OrderState[]

/** An attempt to pay. Forward only: whatever is told late, a captured payment stays captured. */
export const paymentStates = ['failed', 'authorized', 'captured'] as const

/** `requested`: ours to send · `sent`: the gateway has it · `processed`, `failed`: the end. */
export const refundStates = ['requested', 'sent', 'processed', 'failed'] as const

/**
 * Why money goes back: the booking ended and its policy says so · it was paid twice, or not as ordered · operations decided.
 */
export const refundCauses = ['ending', 'surplus', 'goodwill'] as const

/** Whom a refund is taken from: the money kept for the passenger, the driver's wallet, or the platform. */
export const refundBearers = ['passenger', 'driver', 'platform'] as const
export type RefundBearer = (typeof refundBearers)[number]

/** How a passenger pays. */
export const payWays = ['cash', 'online'] as const
export type PayWay = (typeof payWays)[number]
