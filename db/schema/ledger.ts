import { sql } from 'drizzle-orm'
import {
  type AnyPgColumn,
  bigint,
  check,
  index,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { accountKinds, ownedAccounts, transactionKinds } from '#packages/ledger/kinds.ts'
import { instant, oneOf } from './columns.ts'

/**
 * Something that happened to money, once. Append-only (trigger `ledger_transactions_append_only`), and its entries add up
 * to nothing for each currency when it commits (`ledger_transactions_balanced`).
 */
export const ledgerTransactions = pgTable(
  'ledger_transactions',
  {
    id: uuid('id').primaryKey(),
    kind: text('kind', { enum: transactionKinds }).notNull(),
    /** The id of the payment, booking, refund or payout that it is about. */
    reference: uuid('reference').notNull(),
    bookingId: uuid('booking_id'),
    /** What it takes back. */
    reverses: uuid('reverses').references((): AnyPgColumn => ledgerTransactions.id),
    at: instant('at').notNull(),
  },
  (t) => [
    uniqueIndex('ledger_transactions_reference_key').on(t.kind, t.reference),
    uniqueIndex('ledger_transactions_reverses_key').on(t.reverses),
    index('ledger_transactions_booking_idx').on(t.bookingId).where(sql`${t.bookingId} is not null`),
    index('ledger_transactions_at_idx').on(t.at, t.id),
    check('ledger_transactions_kind_check', oneOf(t.kind, transactionKinds)),
  ],
)

/** What a transaction moves on one account. Append-only (trigger `ledger_entries_append_only`). */
export const ledgerEntries = pgTable(
  'ledger_entries',
  {
    transactionId: uuid('transaction_id')
      .notNull()
      .references(() => ledgerTransactions.id),
    line: smallint('line').notNull(),
    account: text('account', { enum: accountKinds }).notNull(),
    ownerId: uuid('owner_id'),
    currency: text('currency').notNull(),
    /** Paise: above nothing the account has or is owed more, below it less. */
    amount: bigint('amount', { mode: 'number' }).notNull(),
    /** A credit that can be withdrawn only from then on. */
    availableAt: instant('available_at'),
    at: instant('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.transactionId, t.line] }),
    index('ledger_entries_owner_idx')
      .on(t.ownerId, t.account, t.at, t.transactionId)
      .where(sql`${t.ownerId} is not null`),
    index('ledger_entries_platform_idx')
      .on(t.account, t.currency, t.at, t.amount)
      .where(sql`${t.ownerId} is null`),
    index('ledger_entries_held_idx')
      .on(t.ownerId, t.availableAt, t.amount)
      .where(sql`${t.availableAt} is not null`),
    check('ledger_entries_account_check', oneOf(t.account, accountKinds)),
    check('ledger_entries_owner_check', sql`(${oneOf(t.account, ownedAccounts)}) = (${t.ownerId} is not null)`),
    check('ledger_entries_not_zero', sql`${t.amount} <> 0`),
    check('ledger_entries_currency_check', sql`${t.currency} = 'INR'`),
    check('ledger_entries_held_check', sql`${t.availableAt} is null or ${t.amount} > 0`),
  ],
)

/**
 * The balances of the accounts that somebody owns: moved by the trigger `ledger_entries_move_balance` and by nothing else.
 * The platform's accounts have no row here, so that payments do not wait for each other; theirs are sums of entries.
 */
export const ledgerBalances = pgTable(
  'ledger_balances',
  {
    account: text('account', { enum: ownedAccounts }).notNull(),
    ownerId: uuid('owner_id').notNull(),
    currency: text('currency').notNull(),
    balance: bigint('balance', { mode: 'number' }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.ownerId, t.account, t.currency] }),
    check('ledger_balances_account_check', oneOf(t.account, ownedAccounts)),
    check('ledger_balances_no_overdraft', sql`${t.balance} >= 0`),
  ],
)
