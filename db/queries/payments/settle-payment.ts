import { type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRow } from '#db/client.ts'
import { databaseProblem } from '#db/errors.ts'
import { post } from '#db/queries/ledger/post.ts'
import { tellMoneyRefund } from '#db/queries/outbox/tell.ts'
import { uuidv7 } from '#packages/ids/uuid.ts'
import { postRefund } from '#packages/ledger/postings.ts'
import type { PaymentSettlement } from '#packages/payments/settle-payment.ts'
import type { UnsettledRow } from './load-unsettled.ts'
import { resolveEnded } from './record-finding.ts'

/**
 * Settles a payment: posts what is kept and has the rest given back, in one statement, as long as nothing else happened to the
 * payment since it was looked at. Returns whether it did. @throws RangeError where the database never will
 */
export async function settlePayment(
  db: Db,
  payment: UnsettledRow,
  { posting, refund }: PaymentSettlement,
  now: Date,
): Promise<boolean> {
  const { id, bookingId, passengerId, surplus, refunded } = payment
  const transaction = (reference: string) => ({ id: uuidv7(now.getTime()), reference, bookingId })
  const kept: SQL = posting ? sql`, ${post('payment', posting, transaction(id), now, 'kept')}` : sql``
  const settled = await readRow(
    db,
    sql`with payment as (
        update payments set settled_at = ${now}, refunded = refunded + ${refund}::int, updated_at = ${now}
        where id = ${id} and settled_at is null and state = 'captured' and refunded = ${refunded}::int
        returning *
      ) ${kept} ${refund > 0 ? giveBack() : sql``}, looked_after as (${resolveEnded('payment_unsettled', 'payment', now)})
      select id from payment`,
    z.object({ id: z.string() }),
  ).catch(refuse)
  return settled !== undefined

  function giveBack(): SQL {
    const refundId = uuidv7(now.getTime())
    const source = { account: 'passenger', ownerId: passengerId } as const
    return sql`, refund as (
        insert into refunds (id, payment_id, booking_id, amount, cause, bearer, state, try_at, created_at, updated_at)
        select ${refundId}::uuid, id, booking_id, ${refund}::int, ${surplus ? 'surplus' : 'ending'}, 'passenger', 'requested',
          ${now}::timestamptz, ${now}::timestamptz, ${now}::timestamptz
        from payment returning *
      ), ${post('refund', postRefund(source, refund), transaction(refundId), now, 'given')},
      told as (${tellMoneyRefund('refund', now)})`
  }
}

/** The books refuse it, and would again; anything else may do better with the next try. */
function refuse(error: unknown): never {
  const code = databaseProblem(error)?.code
  if (!code || code === 'dependency_unavailable') throw error
  throw new RangeError(`the database refuses it: ${code}`, { cause: error })
}
