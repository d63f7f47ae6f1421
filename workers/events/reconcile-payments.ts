import { planCheck, takeDueOrders } from '#db/queries/payments/due-orders.ts'
import { loadRefunded } from '#db/queries/payments/load-refunded.ts'
import { keepGatewayOrder } from '#db/queries/payments/open-order.ts'
import type { OrderRow } from '#db/queries/payments/order-view.ts'
import { recordFinding } from '#db/queries/payments/record-finding.ts'
import { takePayment } from '#db/queries/payments/take-payment.ts'
import { captureAuthorized } from '#packages/payments/capture-authorized.ts'
import { isPayable } from '#packages/payments/is-payable.ts'
import { FAILURES_OF_A_RUN, nextCheck, ORDER_LEASE_MS } from '#packages/payments/limits.ts'
import { GatewayError, type GatewayPayment, type PaymentPort } from '#packages/payments/payment-port.ts'
import type { Services } from '../context.ts'

type Db = Services['db']

/**
 * Asks the gateway what became of orders that are due, and takes in what got lost on the way here. A gateway that does not answer
 * is left alone, and the orders come back. Returns how many orders were looked after, and the news among them.
 */
export async function reconcilePayments(
  { db, payments, log }: Pick<Services, 'db' | 'payments' | 'log'>,
  now: Date,
): Promise<{ ordersChecked: number; paymentsFound: number }> {
  const done = { ordersChecked: 0, paymentsFound: 0 }
  let failures = 0
  if (!payments) return done
  for (const order of await takeDueOrders(db, ORDER_LEASE_MS, now)) {
    if (failures >= FAILURES_OF_A_RUN) break
    try {
      done.paymentsFound += await look(db, payments, order, now)
      await plan(db, order, now)
      done.ordersChecked += 1
      failures = 0
    } catch (error) {
      log.error('order not checked', { orderId: order.id, state: order.state, error })
      if (!(error instanceof GatewayError)) continue
      // What is refused was answered: it says nothing of the orders that follow, and is not asked for ever.
      if (error.failure === 'refused') await plan(db, order, now)
      else failures += 1
    }
  }
  return done
}

function plan(db: Db, { id, createdAt }: OrderRow, now: Date): Promise<void> {
  const next = nextCheck(createdAt.getTime(), now.getTime())
  return planCheck(db, id, next === null ? null : new Date(next), now)
}

/** Takes in every payment of an order. Returns how many were news. */
async function look(db: Db, payments: PaymentPort, order: OrderRow, now: Date): Promise<number> {
  const gatewayOrderId = order.gatewayOrderId ?? (await findAtGateway(db, payments, order, now))
  if (gatewayOrderId === undefined) return 0
  let news = 0
  for (const seen of await payments.paymentsOf(gatewayOrderId)) {
    const payment = await captureAuthorized(payments, seen, isPayable(order, now.getTime()) ? order : null)
    const taken = await takePayment(db, { order: { ...order, gatewayOrderId }, payment }, now)
    if (taken === 'taken') news += 1
    if (payment.refunded > 0 && taken !== 'mismatch') await compareRefunds(db, payment, now)
  }
  return news
}

/** What the gateway calls an order of which its answer was lost; undefined: it has none. */
async function findAtGateway(
  db: Db,
  payments: PaymentPort,
  { id }: OrderRow,
  now: Date,
): Promise<string | undefined> {
  const found = await payments.findOrder(id)
  return found && keepGatewayOrder(db, id, found.id, now)
}

/** More went back than we know of: somebody did it by hand, and the ledger does not have it. */
async function compareRefunds(db: Db, { id, refunded }: GatewayPayment, now: Date): Promise<void> {
  const known = await loadRefunded(db, id)
  if (known !== undefined && refunded <= known) return
  const detail = `${refunded} paise went back, ${known ?? 0} are known`
  await recordFinding(db, { kind: 'refund_unknown', reference: id, detail }, now)
}
