import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { readRows } from '../../../db/client.ts'
import { loadWallet } from '../../../db/queries/ledger/wallet.ts'
import { cancelWithdrawal } from '../../../workers/earnings/cancel-withdrawal.ts'
import { withdraw } from '../../../workers/earnings/withdraw.ts'
import { initiatePayment } from '../../../workers/payments/initiate-payment.ts'
import { refundPayment } from '../../../workers/payments/refund-payment.ts'
import { verifyPayment } from '../../../workers/payments/verify-payment.ts'
import { approvePayout } from '../../../workers/payouts/approve-payout.ts'
import { rejectPayout } from '../../../workers/payouts/reject-payout.ts'
import { now, type Play, pick } from './play.ts'

const Order = z.object({ orderId: z.string(), gatewayOrderId: z.string() })
const Ids = z.object({ id: z.string() })
const inr = (amount: number) => ({ amount, currency: 'INR' as const })

/** The ids of rows of this play. */
const idsOf = async ({ stage, rides }: Play, of: 'payments' | 'payouts', where: ReturnType<typeof sql>) => {
  const drivers = rides.map(({ driverId }) => driverId)
  const statement =
    of === 'payouts'
      ? sql`select id from payouts where driver_id in ${drivers} and ${where} order by id`
      : sql`select payment.id from payments payment join bookings on bookings.id = payment.booking_id
          join rides on rides.id = bookings.ride_id where rides.driver_id in ${drivers} and ${where} order by payment.id`
  return (await readRows(stage.db, statement, Ids)).map(({ id }) => id)
}

/** What passengers, drivers and the finance staff ask for. */
export const moneySteps = {
  initiate: async ({ stage, bookings, orders }: Play, a: number) => {
    const booking = bookings.at(-1 - (a % 3))
    if (!booking) return
    const body = { bookingId: booking.id }
    const order = Order.parse(await stage.call(initiatePayment, booking.passengerId, { body }))
    orders.push({ ...order, payerId: booking.passengerId })
  },
  verify: async ({ stage, checkouts }: Play, a: number) => {
    const checkout = checkouts.at(-1 - (a % 3))
    if (!checkout) return
    const { orderId, payerId, paymentId, signature } = checkout
    const body = { orderId, razorpay_payment_id: paymentId, razorpay_signature: signature }
    await stage.call(verifyPayment, payerId, { body })
  },
  goodwill: async (play: Play, a: number, b: number) => {
    const paymentId = pick(await idsOf(play, 'payments', sql`payment.state = 'captured'`), a)
    const bearer = b % 2 === 0 ? 'driver' : 'platform'
    const body = { paymentId, amount: inr(100 + b * 37), bearer, reason: 'They were late' }
    if (paymentId) await play.stage.call(refundPayment, play.finance[0] ?? null, { body })
  },
  withdraw: async ({ stage, rides, methods }: Play, a: number, b: number) => {
    const rich = sql`select owner_id as id from ledger_balances wallet where account = 'driver'
      and owner_id in ${rides.map(({ driverId }) => driverId)} and balance > (
        select coalesce(sum(amount), 0) from ledger_entries
        where owner_id = wallet.owner_id and account = 'driver' and available_at > ${now()})
      order by owner_id`
    const driverId = pick(await readRows(stage.db, rich, Ids), a)?.id ?? ''
    const methodId = methods.get(driverId)
    if (!methodId) return
    const { withdrawable } = await loadWallet(stage.db, driverId, now())
    const amount = b % 3 === 0 ? withdrawable : Math.floor(withdrawable / 2)
    await stage.call(withdraw, driverId, { body: { amount: inr(amount), methodId } })
  },
  approve: async (play: Play, a: number, b: number) => {
    const id = pick(await idsOf(play, 'payouts', sql`state = 'waiting'`), a)
    if (id) await play.stage.call(approvePayout, pick(play.finance, b) ?? null, { params: { id } })
  },
  refuse: async (play: Play, a: number, b: number) => {
    const id = pick(await idsOf(play, 'payouts', sql`state = 'waiting'`), a)
    const staff = play.finance[0] ?? null
    if (id && b % 2 === 0)
      await play.stage.call(rejectPayout, staff, { params: { id }, body: { reason: 'Not clear whose it is' } })
    else if (id)
      for (const { driverId } of play.rides)
        await play.stage.call(cancelWithdrawal, driverId, { params: { id } }).catch(() => undefined)
  },
}
