import type { Client } from 'pg'
import type { Db } from '#db/client.ts'
import { loadEarnings } from '#db/queries/earnings/load-earnings.ts'
import { loadStatement } from '#db/queries/earnings/load-statement.ts'
import { loadAccounts } from '#db/queries/finance/load-accounts.ts'
import { loadWallet } from '#db/queries/ledger/wallet.ts'
import { indianDay } from '#packages/calendar/indian-time.ts'
import { monthSpan } from '#packages/earnings/period.ts'
import { type AppStatement, appStatement, explainStatement, timeStatement } from './app-statement.ts'
import { DRIVERS, driverId } from './fill-books.ts'

const REPETITIONS = 200
/** Of what looks at everything. */
const FEW_REPETITIONS = 20
const PAGE = 20

export interface Read {
  name: string
  /** Who is asked for. */
  whose: string
  milliseconds: number[]
  /** What the planner reads. */
  by: string[]
}

/** A balance where none is kept: the entries of the account are added up. */
const sumOfEntries = (id: string): AppStatement => ({
  query: `select sum(amount) from ledger_entries where owner_id = $1 and account = 'driver'`,
  params: [id],
})
const keptBalance = (id: string): AppStatement => ({
  query: `select balance from ledger_balances where owner_id = $1 and account = 'driver' and currency = 'INR'`,
  params: [id],
})
const platformSum: AppStatement = {
  query: `select sum(amount) from ledger_entries where account = 'fee' and currency = 'INR' and owner_id is null`,
  params: [],
}

/** Times what is read of the books, of a driver among others and of the one who drives most. */
export async function measureReads(client: Client, now: Date): Promise<Read[]> {
  const { rows: drivers } = await client.query<{ id: string }>(
    `select ${driverId('n')} as id from generate_series(0, ${Math.min(REPETITIONS, DRIVERS - 1)}) n`,
  )
  const [busiest = '', ...others] = drivers.map(({ id }) => id)
  const of = (ask: (db: Db, id: string) => Promise<unknown>) => (id: string) =>
    appStatement((db) => ask(db, id))
  const month = indianDay(now.getTime() - 31 * 24 * 3600_000).slice(0, 7)
  const earnings = (by: 'day' | 'month') =>
    of((db, id) => loadEarnings(db, { driverId: id, by, span: {}, limit: PAGE + 1, staffId: null }, now))
  const cases = {
    'kept balance': async (id: string) => keptBalance(id),
    'balance, added up': async (id: string) => sumOfEntries(id),
    'wallet with what is held': of((db, id) => loadWallet(db, id, now)),
    'statement of a month': of((db, id) =>
      loadStatement(db, { driverId: id, month, span: monthSpan(month), staffId: null }, now),
    ),
    'earnings, 20 days': earnings('day'),
    'earnings, all months': earnings('month'),
  }
  const reads: Read[] = []
  for (const [name, statementOf] of Object.entries(cases))
    for (const [whose, ids] of [
      ['a driver', others],
      ['the busiest driver', others.slice(0, FEW_REPETITIONS * 2).map(() => busiest)],
    ] as const) {
      const statements: AppStatement[] = []
      for (const id of ids) statements.push(await statementOf(id))
      reads.push({ name, whose, ...(await timeAll(client, statements)) })
    }
  const platform = {
    'account of fees': platformSum,
    'all accounts': await appStatement(loadAccounts),
  }
  for (const [name, statement] of Object.entries(platform)) {
    const statements = Array.from({ length: FEW_REPETITIONS }, () => statement)
    reads.push({ name, whose: 'the platform', ...(await timeAll(client, statements)) })
  }
  return reads
}

/** One after the other, the first ones once before for nothing. */
async function timeAll(client: Client, statements: readonly AppStatement[]) {
  const milliseconds: number[] = []
  for (const statement of statements.slice(0, FEW_REPETITIONS)) await timeStatement(client, statement)
  for (const statement of statements) milliseconds.push(await timeStatement(client, statement))
  const [first] = statements
  return { milliseconds, by: first ? await explainStatement(client, first) : [] }
}
