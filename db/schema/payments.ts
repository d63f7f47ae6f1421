import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import {
  orderStates,
  paymentStates,
  refundBearers,
  refundCauses,
  refundStates,
} from '#packages/payments/states.ts'
import { receiptSeries } from '#packages/receipts/series.ts'
import { bookings } from './bookings.ts'
import { instant, oneOf } from './columns.ts'
import { users } from './users.ts'

/** What the gateway is asked to collect for a booking; its id is the gateway's receipt, by which a lost answer is found. */
export const paymentOrders = pgTable(
  'payment_orders',
  {
    id: uuid('id').primaryKey(),
    bookingId: uuid('booking_id')
      .notNull()
      .references(() => bookings.id),
    payerId: uuid('payer_id')
      .notNull()
      .references(() => users.id),
    /** Fare and fee of the booking, paise. */
    amount: integer('amount').notNull(),
    currency: text('currency').notNull(),
    state: text('state', { enum: orderStates }).notNull(),
    gatewayOrderId: text('gateway_order_id'),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
    /** When the reconciler looks at it next; null: never again. */
    checkAt: instant('check_at'),
  },
  (t) => [
    uniqueIndex('payment_orders_gateway_key').on(t.gatewayOrderId),
    uniqueIndex('payment_orders_one_open').on(t.bookingId).where(sql`${t.state} in ('new', 'open')`),
    index('payment_orders_booking_idx').on(t.bookingId, t.id),
    index('payment_orders_check_idx').on(t.checkAt).where(sql`${t.checkAt} is not null`),
    check('payment_orders_state_check', oneOf(t.state, orderStates)),
    check('payment_orders_amount_check', sql`${t.amount} > 0`),
    check('payment_orders_currency_check', sql`${t.currency} = 'INR'`),
    check(
      'payment_orders_open_known',
      sql`${t.state} = 'new' or ${t.gatewayOrderId} is not null or ${t.state} = 'closed'`,
    ),
  ],
)

/** An attempt to pay an order, as the gateway tells of it. */
export const payments = pgTable(
  'payments',
  {
    id: uuid('id').primaryKey(),
    orderId: uuid('order_id')
      .notNull()
      .references(() => paymentOrders.id),
    bookingId: uuid('booking_id')
      .notNull()
      .references(() => bookings.id),
    gatewayPaymentId: text('gateway_payment_id').notNull(),
    amount: integer('amount').notNull(),
    state: text('state', { enum: paymentStates }).notNull(),
    /** Paise that came in, and of those what went back or is on its way back. */
    captured: integer('captured').notNull().default(0),
    refunded: integer('refunded').notNull().default(0),
    /** What the gateway keeps of the capture, its tax included. */
    gatewayFee: integer('gateway_fee').notNull().default(0),
    /** The booking was paid already: all of this one goes back. */
    surplus: boolean('surplus').notNull().default(false),
    method: text('method'),
    /** What the gateway says of a failure. */
    failure: text('failure'),
    /** When what the booking came to was settled: what the driver earned, and what goes back. */
    settledAt: instant('settled_at'),
    capturedAt: instant('captured_at'),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (t) => [
    uniqueIndex('payments_gateway_payment_id_key').on(t.gatewayPaymentId),
    uniqueIndex('payments_one_capture')
      .on(t.bookingId)
      .where(sql`${t.state} = 'captured' and not ${t.surplus}`),
    index('payments_order_idx').on(t.orderId),
    index('payments_booking_idx').on(t.bookingId, t.id),
    index('payments_unsettled_idx')
      .on(t.capturedAt)
      .where(sql`${t.state} = 'captured' and ${t.settledAt} is null`),
    index('payments_captured_idx').on(t.capturedAt).where(sql`${t.capturedAt} is not null`),
    check('payments_state_check', oneOf(t.state, paymentStates)),
    check('payments_refund_within_capture', sql`${t.refunded} between 0 and ${t.captured}`),
    check(
      'payments_capture_check',
      sql`case when ${t.state} = 'captured' then ${t.captured} = ${t.amount} and ${t.capturedAt} is not null else ${t.captured} = 0 end`,
    ),
    check('payments_amount_check', sql`${t.amount} > 0 and ${t.gatewayFee} between 0 and ${t.amount}`),
  ],
)

/** Money that goes back. Its id is the idempotency key at the gateway. */
export const refunds = pgTable(
  'refunds',
  {
    id: uuid('id').primaryKey(),
    paymentId: uuid('payment_id')
      .notNull()
      .references(() => payments.id),
    bookingId: uuid('booking_id')
      .notNull()
      .references(() => bookings.id),
    amount: integer('amount').notNull(),
    cause: text('cause', { enum: refundCauses }).notNull(),
    bearer: text('bearer', { enum: refundBearers }).notNull(),
    /** What the staff wrote. */
    note: text('note'),
    /** Of the staff; null: the policy. */
    requestedBy: uuid('requested_by').references(() => users.id),
    state: text('state', { enum: refundStates }).notNull(),
    gatewayRefundId: text('gateway_refund_id'),
    failure: text('failure'),
    attempts: smallint('attempts').notNull().default(0),
    /** When it is sent, or asked after, next; null: it has ended. */
    tryAt: instant('try_at'),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (t) => [
    uniqueIndex('refunds_gateway_refund_id_key').on(t.gatewayRefundId),
    uniqueIndex('refunds_one_per_ending')
      .on(t.paymentId)
      .where(sql`${t.cause} <> 'goodwill' and ${t.state} <> 'failed'`),
    index('refunds_payment_idx').on(t.paymentId, t.id),
    index('refunds_booking_idx').on(t.bookingId),
    index('refunds_due_idx').on(t.tryAt).where(sql`${t.tryAt} is not null`),
    check('refunds_amount_check', sql`${t.amount} > 0`),
    check('refunds_state_check', oneOf(t.state, refundStates)),
    check('refunds_cause_check', oneOf(t.cause, refundCauses)),
    check('refunds_bearer_check', oneOf(t.bearer, refundBearers)),
    check('refunds_end_check', sql`(${t.state} in ('processed', 'failed')) = (${t.tryAt} is null)`),
  ],
)

/** What the gateway told, without who paid, kept before it is answered; its id is the gateway's. */
export const webhookEvents = pgTable(
  'webhook_events',
  {
    id: text('id').primaryKey(),
    event: text('event').notNull(),
    body: text('body').notNull(),
    receivedAt: instant('received_at').notNull(),
    /** When it is taken in next; null: it was, or never will be. */
    tryAt: instant('try_at'),
    attempts: smallint('attempts').notNull().default(0),
    /** What became of it. */
    outcome: text('outcome'),
  },
  (t) => [
    index('webhook_events_due_idx').on(t.tryAt).where(sql`${t.tryAt} is not null`),
    index('webhook_events_received_idx').on(t.receivedAt),
  ],
)

/** Where the gateway's books and ours differ, or money waits for a decision. Somebody of the finance staff has to look. */
export const moneyFindings = pgTable(
  'money_findings',
  {
    id: uuid('id').primaryKey(),
    kind: text('kind').notNull(),
    /** The id of what it is about, ours or the gateway's. */
    reference: text('reference').notNull(),
    detail: text('detail').notNull(),
    foundAt: instant('found_at').notNull(),
    resolvedAt: instant('resolved_at'),
    resolvedBy: uuid('resolved_by').references(() => users.id),
    note: text('note'),
  },
  (t) => [
    uniqueIndex('money_findings_one_open').on(t.kind, t.reference).where(sql`${t.resolvedAt} is null`),
    index('money_findings_found_idx').on(t.foundAt, t.id),
  ],
)

/** The last number given in a series of a financial year; raised by the statement that writes the receipt. */
export const receiptCounters = pgTable(
  'receipt_counters',
  {
    series: text('series', { enum: receiptSeries }).notNull(),
    /** The calendar year it begins in, on 1 April. */
    financialYear: smallint('financial_year').notNull(),
    lastNumber: integer('last_number').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.series, t.financialYear] }),
    check('receipt_counters_series_check', oneOf(t.series, receiptSeries)),
  ],
)

/** A receipt of a payment, or the credit note of a refund. */
export const receipts = pgTable(
  'receipts',
  {
    series: text('series', { enum: receiptSeries }).notNull(),
    financialYear: smallint('financial_year').notNull(),
    number: integer('number').notNull(),
    paymentId: uuid('payment_id')
      .notNull()
      .references(() => payments.id),
    refundId: uuid('refund_id').references(() => refunds.id),
    /** Paise: of the whole, the fare, the fee without its tax, and the tax. */
    amount: integer('amount').notNull(),
    fareAmount: integer('fare_amount').notNull(),
    feeAmount: integer('fee_amount').notNull(),
    taxAmount: integer('tax_amount').notNull(),
    issuedAt: instant('issued_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.series, t.financialYear, t.number] }),
    uniqueIndex('receipts_payment_key').on(t.paymentId).where(sql`${t.series} = 'receipt'`),
    uniqueIndex('receipts_refund_key').on(t.refundId),
    index('receipts_payment_idx').on(t.paymentId),
    check('receipts_series_check', oneOf(t.series, receiptSeries)),
    check('receipts_series_of', sql`(${t.series} = 'credit_note') = (${t.refundId} is not null)`),
    check('receipts_number_check', sql`${t.number} > 0`),
    check('receipts_adds_up', sql`${t.amount} = ${t.fareAmount} + ${t.feeAmount} + ${t.taxAmount}`),
  ],
)
