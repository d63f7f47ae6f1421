import { type SQL, sql } from 'drizzle-orm'
import { financialYearOf } from '#packages/receipts/financial-year.ts'
import type { ReceiptSeries } from '#packages/receipts/series.ts'

/**
 * CTEs that write the receipt of a payment, with the next number of its financial year, if `source` has a row (at most one): a
 * relation with `payment_id`, `amount`, `fare_amount`, `fee_amount` (without tax) and `tax_amount`. To be used in the statement that
 * takes the payment in: a statement that fails takes no number, and until it commits the next one waits. They are called
 * `receipt_counted` and `receipt_issued`, which has the row. A payment that goes back whole, since the booking was paid already,
 * gets none. Violates `receipts_payment_key` where the payment has one, `receipts_adds_up`.
 */
export const issueReceipt = (source: string, now: Date): SQL => issue('receipt', source, sql`null::uuid`, now)

/**
 * As `issueReceipt`, the credit note of a refund that has left: `source` has `refund_id` too, and the amounts are what of each
 * went back. Violates `receipts_refund_key` where the refund has one.
 */
export const issueCreditNote = (source: string, now: Date): SQL =>
  issue('credit_note', source, sql`refund_id`, now)

function issue(series: ReceiptSeries, source: string, refundId: SQL, now: Date): SQL {
  const year = sql`${financialYearOf(now.getTime())}::smallint`
  const from = sql.raw(source)
  return sql`receipt_counted as (
      insert into receipt_counters (series, financial_year, last_number)
      select ${series}, ${year}, 1 from ${from}
      on conflict (series, financial_year) do update set last_number = receipt_counters.last_number + 1
      returning last_number
    ), receipt_issued as (
      insert into receipts (series, financial_year, number, payment_id, refund_id, amount, fare_amount, fee_amount,
        tax_amount, issued_at)
      select ${series}, ${year}, last_number, payment_id, ${refundId}, amount, fare_amount, fee_amount, tax_amount,
        ${now}::timestamptz
      from ${from}, receipt_counted
      returning *
    )`
}
