import { loadDriver } from '#db/queries/drivers/driver-profile.ts'
import { addPayoutMethod as add } from '#db/queries/payouts/methods.ts'
import { Problem } from '#packages/errors/problem.ts'
import { uuidv7 } from '#packages/ids/uuid.ts'
import { hashDestination, lastFour, sealDestination } from '#packages/payouts/destination.ts'
import { operation } from '../http/operation.ts'
import { created } from '../http/reply.ts'
import { NewPayoutMethod, PayoutMethod } from './payout-contract.ts'
import { presentMethod } from './present-payout.ts'
import { readDestination } from './read-destination.ts'

export const addPayoutMethod = operation(
  {
    id: 'addPayoutMethod',
    method: 'post',
    path: '/earnings/payout-methods',
    tag: 'Earnings',
    summary: 'Say where I want to be paid: an address of UPI or a bank account; only its end is shown again',
    access: 'driver',
    limit: 'write',
    idempotent: true,
    body: NewPayoutMethod,
    replies: { 201: PayoutMethod },
    errors: ['payout_method_known', 'too_many_payout_methods'],
  },
  async (ctx, { body }) => {
    const driverId = ctx.actor.userId
    const driver = await loadDriver(ctx.db, driverId)
    const destination = readDestination(body, driver?.name ?? null)
    const id = uuidv7(ctx.now)
    const key = ctx.keys.payoutDetails
    const [sealed, hash] = await Promise.all([
      sealDestination(key, destination, id),
      hashDestination(key, destination),
    ])
    const method = { id, driverId, kind: destination.kind, sealed, hash, lastFour: lastFour(destination) }
    const added = await add(ctx.db, method, new Date(ctx.now))
    if (!added) throw new Problem('too_many_payout_methods')
    return created(presentMethod(added))
  },
)
