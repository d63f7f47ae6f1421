import { sql } from 'drizzle-orm'
import {
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
import { payoutMethodKinds, payoutRails, payoutStates } from '#packages/payouts/states.ts'
import { instant, oneOf } from './columns.ts'
import { drivers } from './drivers.ts'
import { users } from './users.ts'

/** Where a driver is paid: an address of UPI or a bank account. `detailsSealed` is deleted with the last payout to it. */
export const payoutMethods = pgTable(
  'payout_methods',
  {
    id: uuid('id').primaryKey(),
    driverId: uuid('driver_id')
      .notNull()
      .references(() => drivers.userId),
    kind: text('kind', { enum: payoutMethodKinds }).notNull(),
    /** Sealed JSON: the address, or account number, IFSC and name. Null once it is gone. */
    detailsSealed: text('details_sealed'),
    /** Keyed hash of the details: one method is added once. */
    detailsHash: text('details_hash'),
    lastFour: text('last_four').notNull(),
    /** What the gateway knows it by, once it was paid to. */
    gatewayFundAccountId: text('gateway_fund_account_id'),
    createdAt: instant('created_at').notNull(),
    removedAt: instant('removed_at'),
  },
  (t) => [
    uniqueIndex('payout_methods_details_key').on(t.driverId, t.detailsHash).where(sql`${t.removedAt} is null`),
    index('payout_methods_driver_idx').on(t.driverId, t.id),
    check('payout_methods_kind_check', oneOf(t.kind, payoutMethodKinds)),
  ],
)

/** Money of a wallet that goes to its driver; taken from the wallet when it is asked for. Its id is the gateway's idempotency key. */
export const payouts = pgTable(
  'payouts',
  {
    id: uuid('id').primaryKey(),
    driverId: uuid('driver_id')
      .notNull()
      .references(() => drivers.userId),
    methodId: uuid('method_id')
      .notNull()
      .references(() => payoutMethods.id),
    amount: integer('amount').notNull(),
    currency: text('currency').notNull(),
    state: text('state', { enum: payoutStates }).notNull(),
    rail: text('rail', { enum: payoutRails }).notNull(),
    /** How many different people of the finance staff have to approve it. */
    approvalsNeeded: smallint('approvals_needed').notNull(),
    gatewayPayoutId: text('gateway_payout_id'),
    /** The bank's reference (UTR) of the transfer. */
    bankReference: text('bank_reference'),
    failure: text('failure'),
    attempts: smallint('attempts').notNull().default(0),
    /** When it is sent, or asked after, next; null: it waits for people, or has ended. */
    tryAt: instant('try_at'),
    requestedAt: instant('requested_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (t) => [
    uniqueIndex('payouts_gateway_payout_id_key').on(t.gatewayPayoutId),
    index('payouts_driver_idx').on(t.driverId, t.id),
    index('payouts_method_idx').on(t.methodId),
    index('payouts_waiting_idx')
      .on(t.requestedAt, t.id)
      .where(sql`${t.state} in ('waiting', 'approved', 'sent')`),
    index('payouts_due_idx').on(t.tryAt).where(sql`${t.tryAt} is not null`),
    check('payouts_state_check', oneOf(t.state, payoutStates)),
    check('payouts_rail_check', oneOf(t.rail, payoutRails)),
    check('payouts_amount_check', sql`${t.amount} > 0`),
    check('payouts_currency_check', sql`${t.currency} = 'INR'`),
    check('payouts_approvals_check', sql`${t.approvalsNeeded} between 0 and 2`),
  ],
)

/** Who of the finance staff approved a payout; never its driver (trigger-free: the statement that inserts refuses it). */
export const payoutApprovals = pgTable(
  'payout_approvals',
  {
    payoutId: uuid('payout_id')
      .notNull()
      .references(() => payouts.id),
    approverId: uuid('approver_id')
      .notNull()
      .references(() => users.id),
    at: instant('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.payoutId, t.approverId] })],
)
