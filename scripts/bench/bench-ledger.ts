import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Client } from 'pg'
import { openDb } from '#db/client.ts'
import { auditBooks } from '#db/queries/ledger/audit-books.ts'
import { startDatabase } from '#packages/local-cloud/database/start-database.ts'
import { LOCAL_DATABASE_URL } from '#packages/local-cloud/local-settings.ts'
import { freePort } from '../real-servers/free-port.ts'
import { startPostgres } from '../real-servers/start-postgres.ts'
import { applyMigrations } from '../system/apply-migrations.ts'
import { projectPath } from '../system/project.ts'
import { DRIVERS, driverId, fillBooks } from './ledger/fill-books.ts'
import { measurePosting } from './ledger/measure-posting.ts'
import { measureReads } from './ledger/measure-reads.ts'
import { type Audit, drawReads, writeReport } from './ledger/write-report.ts'

/** What a server for a million entries has. PostgreSQL's own default for its memory is that of a small laptop. */
const SETTINGS = ['shared_buffers=1GB', 'max_wal_size=4GB', 'random_page_cost=1.1', 'jit=off']
const QUERY_TIMEOUT_MS = 60_000

const start = performance.now()
const say = (text: string) =>
  console.log(`${((performance.now() - start) / 1000).toFixed(0).padStart(5)} s  ${text}`)

/** Adds the books up as the application does, through the driver that the Worker uses. */
async function audit(url: string, now: Date): Promise<Audit> {
  const database = await startDatabase({ url })
  const ofProcess = globalThis.fetch
  const times: number[] = []
  globalThis.fetch = async (input, init) => {
    const sent = performance.now()
    const reply = await database.fetch(new Request(input, init))
    times.push(performance.now() - sent)
    return reply
  }
  try {
    const before = performance.now()
    const differences = await auditBooks(openDb(LOCAL_DATABASE_URL, QUERY_TIMEOUT_MS), now)
    const seconds = (performance.now() - before) / 1000
    return { differences, seconds, statements: times.length, slowest: Math.max(...times) }
  } finally {
    globalThis.fetch = ofProcess
    await database.close()
  }
}

/**
 * `npm run bench:ledger`: reading and posting on a PostgreSQL of its own with the books of a year. `-- --entries 50000` for fewer
 * entries, `--out FOLDER` for another place than docs/benchmarks.
 */
async function benchLedger(): Promise<void> {
  const { values } = parseArgs({
    options: {
      entries: { type: 'string', default: '1000000' },
      out: { type: 'string', default: projectPath('docs/benchmarks') },
    },
  })
  const folder = mkdtempSync(join(tmpdir(), 'margwa-bench-'))
  chmodSync(folder, 0o755)
  const server = await startPostgres(folder, await freePort(), SETTINGS)
  try {
    const now = new Date()
    const database = await startDatabase({ url: server.url })
    await applyMigrations(database)
    await database.close()
    const client = new Client({ connectionString: server.url })
    client.on('error', () => undefined)
    await client.connect()
    say(`filling the books with ${values.entries} entries`)
    await fillBooks(client, Number(values.entries), now)
    say('adding them up')
    const audited = await audit(server.url, now)
    say(`${audited.differences} differences after ${audited.seconds.toFixed(1)} s; reading`)
    const { rows } = await client.query<Record<'entries' | 'bookings' | 'busiest' | 'version', string>>(
      `select split_part(version(), ' on ', 1) as version, (select count(*) from ledger_entries) as entries,
        (select count(*) from bookings) as bookings,
        (select count(*) from ledger_entries where owner_id = ${driverId(0)}) as busiest`,
    )
    const reads = await measureReads(client, now)
    say('posting')
    const postings = await measurePosting(server.url, client)
    await client.end()
    const [counts] = rows
    const results = {
      ...{
        reads,
        postings,
        audit: audited,
        drivers: DRIVERS,
        settings: SETTINGS,
        version: counts?.version ?? '',
      },
      ...{
        entries: Number(counts?.entries),
        bookings: Number(counts?.bookings),
        busiest: Number(counts?.busiest),
      },
    }
    mkdirSync(values.out, { recursive: true })
    writeFileSync(join(values.out, 'ledger.md'), writeReport(results, new Date()))
    writeFileSync(join(values.out, 'ledger.svg'), drawReads(results))
    say(`written to ${values.out}`)
  } finally {
    await server.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

await benchLedger()
