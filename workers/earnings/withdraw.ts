import { z } from '@hono/zod-openapi'
import { loadWallet } from '#db/queries/ledger/wallet.ts'
import { loadPayoutMethod } from '#db/queries/payouts/methods.ts'
import { requestPayout } from '#db/queries/payouts/request-payout.ts'
import { fieldProblem, Problem } from '#packages/errors/problem.ts'
import { uuidv7 } from '#packages/ids/uuid.ts'
import { rupees } from '#packages/money/rupees.ts'
import { MAX_WITHDRAWAL, MIN_PAYOUT, MIN_WITHDRAWAL } from '#packages/payouts/limits.ts'
import type { Ctx } from '../context.ts'
import { operation } from '../http/operation.ts'
import { created } from '../http/reply.ts'
import { Id, Money } from '../http/shapes.ts'
import { Withdrawal } from './payout-contract.ts'
import { presentWithdrawal } from './present-payout.ts'

const AMOUNT = 'amount.amount'

export const withdraw = operation(
  {
    id: 'withdraw',
    method: 'post',
    path: '/earnings/withdraw',
    tag: 'Earnings',
    summary: 'Have money of my wallet paid out; it leaves the wallet at once',
    access: 'driver',
    limit: 'write',
    idempotent: true,
    announces: true,
    body: z.strictObject({ amount: Money, methodId: Id }).openapi('NewWithdrawal'),
    replies: { 201: Withdrawal },
    errors: ['balance_too_low', 'concurrent_change', 'payout_method_unknown', 'withdrawal_out_of_range'],
  },
  async (ctx, { body }) => {
    const [driverId, { amount }] = [ctx.actor.userId, body.amount]
    const method = await loadPayoutMethod(ctx.db, driverId, body.methodId)
    if (!method) throw unknownMethod()
    const most = MAX_WITHDRAWAL[method.kind]
    if (amount < MIN_PAYOUT || amount > most) throw outOfRange(MIN_PAYOUT, most)
    const rail = ctx.payments?.payouts ? 'gateway' : 'manual'
    const wanted = { id: uuidv7(ctx.now), driverId, methodId: method.id, amount, rail } as const
    const payout = await requestPayout(ctx.db, wanted, new Date(ctx.now))
    if (!payout) throw await whyNot(ctx, wanted)
    if (payout.state === 'approved' && rail === 'gateway') ctx.defer(ctx.sendPayouts())
    return created(presentWithdrawal(payout))
  },
)

const unknownMethod = () => fieldProblem('payout_method_unknown', 'methodId', 'No payout method of yours')

const outOfRange = (least: number, most: number) =>
  fieldProblem('withdrawal_out_of_range', AMOUNT, `From ${rupees(least)} to ${rupees(most)}`)

async function whyNot(
  ctx: Ctx,
  { driverId, methodId, amount }: { driverId: string; methodId: string; amount: number },
) {
  const [wallet, method] = await Promise.all([
    loadWallet(ctx.db, driverId, new Date(ctx.now)),
    loadPayoutMethod(ctx.db, driverId, methodId),
  ])
  if (!method) return unknownMethod()
  if (wallet.withdrawable < amount) {
    const message = `${rupees(wallet.withdrawable)} can be withdrawn now`
    return fieldProblem('balance_too_low', AMOUNT, message)
  }
  if (amount >= MIN_WITHDRAWAL) return new Problem('concurrent_change')
  const message = `At least ${rupees(MIN_WITHDRAWAL)}, or all that you have`
  return fieldProblem('withdrawal_out_of_range', AMOUNT, message)
}
