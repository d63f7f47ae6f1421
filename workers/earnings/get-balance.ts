import { loadWallet } from '#db/queries/ledger/wallet.ts'
import { paise } from '#packages/fares/money.ts'
import { operation } from '../http/operation.ts'
import { ok } from '../http/reply.ts'
import { Balance } from './contract.ts'

export const getBalance = operation(
  {
    id: 'getBalance',
    method: 'get',
    path: '/earnings/balance',
    tag: 'Earnings',
    summary: 'My wallet: what is in it, what of it I can withdraw, and when I can withdraw more',
    access: 'driver',
    limit: 'read',
    replies: { 200: Balance },
    errors: [],
  },
  async (ctx) => {
    const { balance, withdrawable, next } = await loadWallet(ctx.db, ctx.actor.userId, new Date(ctx.now))
    return ok({
      balance: paise(balance),
      held: paise(balance - withdrawable),
      withdrawable: paise(withdrawable),
      nextRelease: next && { at: next.at.toISOString(), amount: paise(next.amount) },
    })
  },
)
