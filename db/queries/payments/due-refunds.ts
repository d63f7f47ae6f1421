import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { waitAfterAttempts } from '#db/back-off.ts'
import { type Db, readRow, readRows } from '#db/client.ts'
import { idList } from '#db/lists.ts'
import { REFUND_ASKING, REFUND_SENDING } from '#packages/payments/limits.ts'
import { RefundRow, refundsWhere } from './refund-view.ts'

/** The most refunds that one run looks after; the next one goes on. */
const BATCH_SIZE = 40
/** Of a count that is kept as a small number. */
const MAX_ATTEMPTS = 1000

const IdRow = z.object({ id: z.string() })

/**
 * Takes the refunds that are to be sent or asked after, the longest due first. Two runs at once take different ones; one that
 * is not heard of again comes back by itself, later with every try.
 */
export async function takeDueRefunds(db: Db, now: Date): Promise<RefundRow[]> {
  const due = await readRows(
    db,
    sql`update refunds set attempts = least(attempts + 1, ${MAX_ATTEMPTS}),
        try_at = ${now}::timestamptz
          + case state when 'sent' then ${waitAfterAttempts(REFUND_ASKING)} else ${waitAfterAttempts(REFUND_SENDING)} end
      where id in (
        select id from refunds where try_at <= ${now} order by try_at limit ${BATCH_SIZE} for update skip locked)
      returning id`,
    IdRow,
  )
  if (due.length === 0) return []
  return readRows(db, refundsWhere(sql`refund.id in ${idList(due.map(({ id }) => id))}`), RefundRow)
}

/** The refund that the gateway speaks of: by our id, which it keeps, or by its own. */
export function findRefund(
  db: Db,
  { receipt, id }: { receipt: string | null; id: string },
): Promise<RefundRow | undefined> {
  const ours = z.uuid().safeParse(receipt).data ?? null
  return readRow(
    db,
    refundsWhere(sql`refund.id = ${ours}::uuid or refund.gateway_refund_id = ${id}`),
    RefundRow,
  )
}
