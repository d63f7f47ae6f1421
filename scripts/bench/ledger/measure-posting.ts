import { type SQL, sql } from 'drizzle-orm'
import { PgDialect } from 'drizzle-orm/pg-core'
import { Client } from 'pg'
import { post } from '#db/queries/ledger/post.ts'
import { uuidv7 } from '#packages/ids/uuid.ts'
import { postCapture } from '#packages/ledger/postings.ts'

const DURATION_MS = 6_000
const AT_ONCE = [1, 8] as const

export interface Posting {
  /** `sums`: as it is, the platform's balances are sums of entries · `kept`: they are kept as those of people are. */
  platform: 'sums' | 'kept'
  atOnce: number
  seconds: number
  milliseconds: number[]
}

const dialect = new PgDialect()

/** The trigger that would keep the balances of the platform's accounts, beside the one of people's. */
const KEEP = `
  create table bench_platform_balances (account text, currency text, balance bigint not null, primary key (account, currency));
  insert into bench_platform_balances
    select account, currency, sum(amount) from ledger_entries where owner_id is null group by 1, 2;
  create function bench_move_platform() returns trigger language plpgsql as $$ begin
    insert into bench_platform_balances values (new.account, new.currency, 0) on conflict do nothing;
    update bench_platform_balances set balance = balance + new.amount where account = new.account and currency = new.currency;
    return null; end $$;
  create trigger bench_keep_platform after insert on ledger_entries for each row when (new.owner_id is null)
    execute function bench_move_platform()`

const newCapture = (now: Date): SQL => {
  const capture = postCapture({ passengerId: uuidv7(), amount: 26_475, gatewayFee: 625 })
  const of = { id: uuidv7(now.getTime()), reference: uuidv7(), bookingId: null }
  return sql`with source as (select 1), ${post('source', capture, of, now)} select id from posted`
}

/** Posts captures of different passengers, one after the other and eight at once, as it is and with kept balances of the platform. */
export async function measurePosting(url: string, admin: Client): Promise<Posting[]> {
  const postings: Posting[] = []
  for (const platform of ['sums', 'kept'] as const) {
    if (platform === 'kept') await admin.query(KEEP)
    for (const atOnce of AT_ONCE) postings.push({ platform, atOnce, ...(await run(url, atOnce)) })
  }
  await admin.query('drop trigger bench_keep_platform on ledger_entries')
  return postings
}

async function run(url: string, atOnce: number) {
  const clients = Array.from({ length: atOnce }, () => new Client({ connectionString: url }))
  await Promise.all(clients.map((client) => client.connect()))
  const milliseconds: number[] = []
  const start = performance.now()
  const work = async (client: Client) => {
    while (performance.now() - start < DURATION_MS) {
      const { sql: text, params } = dialect.sqlToQuery(newCapture(new Date()))
      const values = params.map((value) => (value instanceof Date ? value.toISOString() : value))
      const before = performance.now()
      await client.query(text, values)
      milliseconds.push(performance.now() - before)
    }
  }
  await Promise.all(clients.map(work))
  const seconds = (performance.now() - start) / 1000
  await Promise.all(clients.map((client) => client.end()))
  return { seconds, milliseconds }
}
