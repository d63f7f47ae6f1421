import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRow } from '#db/client.ts'

/** Paise of a payment that went back or are on their way, as we know it. Undefined: there is no such payment. */
export async function loadRefunded(db: Db, gatewayPaymentId: string): Promise<number | undefined> {
  const payment = await readRow(
    db,
    sql`select refunded from payments where gateway_payment_id = ${gatewayPaymentId}`,
    z.object({ refunded: z.number() }),
  )
  return payment?.refunded
}
