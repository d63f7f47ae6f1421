import { type SQL, sql } from 'drizzle-orm'
import type { FindingKind } from '#packages/ledger/findings.ts'
import { unfinishedStates } from '#packages/payouts/states.ts'

/** A part of the books that is added up again, in the order of the ids of what it is about. */
export interface BookCheck {
  /** Of the finding. */
  kind: FindingKind
  /** How many things one statement looks at, which has to end within the time limit of the database. */
  atOnce: number
  /** The ids after this one, in order. */
  ids: (after: string) => SQL
  /** Reads `reference` and `detail` of what differs. @param within the condition that an id is on this page */
  wrong: (within: (column: string) => SQL) => SQL
}

/** People have several entries. */
const OWNERS_AT_ONCE = 4_000
const THINGS_AT_ONCE = 10_000

const idsOf = (table: string) => (after: string) =>
  sql`select id from ${sql.raw(table)} where id > ${after} order by id`

const wasAndIs = (was: string, is: string) =>
  sql.raw(`format('%s paise, but %s in the ledger', coalesce(${was}, 0), coalesce(${is}, 0)) as detail`)

/** What was posted about things on this page, by two accounts. */
const postedOf = (within: (column: string) => SQL, kinds: readonly string[], one: string, other: string) =>
  sql`select posted.reference as id, coalesce(sum(amount) filter (where account = ${one}), 0) as one,
      coalesce(sum(amount) filter (where account = ${other}), 0) as other
    from ledger_transactions posted join ledger_entries entry on entry.transaction_id = posted.id
    where posted.kind in ${kinds} and ${within('posted.reference')} group by posted.reference`

const payoutKinds = ['payout', 'payout_paid', 'payout_returned', 'payout_reversed']
const refundKinds = ['refund', 'refund_paid', 'refund_failed']

export const bookChecks: readonly BookCheck[] = [
  {
    // The kept balance of a person is the sum of their entries.
    kind: 'books_balance',
    atOnce: OWNERS_AT_ONCE,
    ids: (after) =>
      sql`select distinct owner_id as id from ledger_balances where owner_id > ${after} order by owner_id`,
    wrong: (within) => sql`select account || ' ' || owner_id as reference, ${wasAndIs('balance', 'total')}
      from (select * from ledger_balances where ${within('owner_id')}) kept
      full join (select owner_id, account, currency, sum(amount) as total from ledger_entries
        where owner_id is not null and ${within('owner_id')} group by owner_id, account, currency) summed
        using (owner_id, account, currency)
      where coalesce(balance, 0) <> coalesce(total, 0)`,
  },
  {
    // A transaction has entries that add up to nothing.
    kind: 'books_transaction',
    atOnce: THINGS_AT_ONCE,
    ids: idsOf('ledger_transactions'),
    wrong: (within) => sql`select id::text as reference,
        coalesce('its entries add up to ' || sum(amount), 'it has no entries') as detail
      from ledger_transactions posted left join ledger_entries entry on entry.transaction_id = posted.id and ${within('entry.transaction_id')}
      where ${within('posted.id')} group by posted.id, entry.currency having coalesce(sum(amount), 1) <> 0`,
  },
  {
    // What a payment brought is posted.
    kind: 'books_capture',
    atOnce: THINGS_AT_ONCE,
    ids: idsOf('payments'),
    wrong: (within) => sql`select id::text as reference, ${wasAndIs('captured', 'one')}
      from (select id, captured from payments where ${within('id')}) payment
      full join (${postedOf(within, ['capture'], 'passenger', 'gateway')}) posted using (id)
      where coalesce(captured, 0) <> coalesce(one, 0)`,
  },
  {
    // What of a payment went back, or is on its way, is what its refunds posted.
    kind: 'books_refunded',
    atOnce: THINGS_AT_ONCE,
    ids: idsOf('payments'),
    wrong: (within) => sql`select payment.id::text as reference, ${wasAndIs('payment.refunded', 'posted.total')}
      from payments payment left join (
        select refund.payment_id, sum(entry.amount) as total from refunds refund
        join ledger_transactions posted on posted.reference = refund.id and posted.kind in ('refund', 'refund_failed')
        join ledger_entries entry on entry.transaction_id = posted.id and entry.account = 'refunds'
        where ${within('refund.payment_id')} group by refund.payment_id
      ) posted on posted.payment_id = payment.id
      where ${within('payment.id')} and payment.refunded <> coalesce(posted.total, 0)`,
  },
  {
    // A refund on its way is in the account of refunds, and one that was paid came from the gateway.
    kind: 'books_refund',
    atOnce: THINGS_AT_ONCE,
    ids: idsOf('refunds'),
    wrong: (within) => sql`select id::text as reference,
        format('%s of %s paise, but %s on the way and %s paid', coalesce(state, 'none'), coalesce(amount, 0),
          coalesce(one, 0), coalesce(other, 0)) as detail
      from (select id, state, amount, amount * (state in ('requested', 'sent'))::int as on_way,
          amount * (state = 'processed')::int as paid from refunds where ${within('id')}) refund
      full join (${postedOf(within, refundKinds, 'refunds', 'gateway')}) posted using (id)
      where (coalesce(on_way, 0), coalesce(paid, 0)) <> (coalesce(one, 0), coalesce(other, 0))`,
  },
  {
    // A payout on its way is in the account of payouts, and as long as it did not come back, not in the wallet.
    kind: 'books_payout',
    atOnce: THINGS_AT_ONCE,
    ids: idsOf('payouts'),
    wrong: (within) => sql`select id::text as reference,
        format('%s of %s paise, but %s on the way and %s taken', coalesce(state, 'none'), coalesce(amount, 0),
          coalesce(one, 0), -coalesce(other, 0)) as detail
      from (select id, state, amount, amount * (state in ${unfinishedStates})::int as on_way,
          amount * (state in ${[...unfinishedStates, 'paid']})::int as taken from payouts where ${within('id')}) payout
      full join (${postedOf(within, payoutKinds, 'payouts', 'driver')}) posted using (id)
      where (coalesce(on_way, 0), coalesce(taken, 0)) <> (coalesce(one, 0), -coalesce(other, 0))`,
  },
]
