import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Client } from 'pg'
import { rideKeys } from '#packages/corridor/ride-keys.ts'
import { startDatabase } from '#packages/local-cloud/database/start-database.ts'
import { freePort } from '../../real-servers/free-port.ts'
import { startPostgres } from '../../real-servers/start-postgres.ts'
import { applyMigrations } from '../../system/apply-migrations.ts'
import { projectPath } from '../../system/project.ts'
import { compareIds } from './compare-ids.ts'
import { drawChart } from './draw-chart.ts'
import { rideGenerator } from './generate-rides.ts'
import { buildIndexes, loadRides, prepareTables } from './load-rides.ts'
import { measure, type Sample } from './measure.ts'
import { measureApi } from './measure-api.ts'
import { METHODS } from './methods.ts'
import { publishCost } from './publish-cost.ts'
import { drawApi } from './report-api.ts'
import { writeReport } from './write-report.ts'

const DEFAULT_SIZES = '10000,100000,1000000'
const DEFAULT_COMPARISONS = '1000'
const DEFAULT_SEARCHES = '400'
/** What a server for a million rides has. PostgreSQL's own default for its memory is that of a small laptop. */
const SETTINGS = [
  'shared_buffers=6GB',
  'max_wal_size=8GB',
  'random_page_cost=1.1',
  'effective_cache_size=12GB',
  'jit=off',
]

const start = performance.now()
const say = (text: string) =>
  console.log(`${((performance.now() - start) / 1000).toFixed(0).padStart(5)} s  ${text}`)

/**
 * `npm run bench:search`: the search statement on a PostgreSQL of its own with PostGIS, at several sizes, beside other indexes.
 * `-- --rides 10000,100000` for other sizes, `--compare 100` for fewer compared queries, `--searches 100` for fewer through the API,
 * `--out FOLDER` for another place than docs/benchmarks.
 */
async function benchSearch(): Promise<void> {
  const { values } = parseArgs({
    options: {
      rides: { type: 'string', default: DEFAULT_SIZES },
      compare: { type: 'string', default: DEFAULT_COMPARISONS },
      searches: { type: 'string', default: DEFAULT_SEARCHES },
      out: { type: 'string', default: projectPath('docs/benchmarks') },
    },
  })
  const sizes = values.rides
    .split(',')
    .map(Number)
    .toSorted((a, b) => a - b)
  const [smallest, largest] = [sizes[0], sizes.at(-1)]
  if (!smallest || !largest || !sizes.every(Number.isInteger)) throw new Error('--rides takes whole numbers')
  const folder = mkdtempSync(join(tmpdir(), 'margwa-bench-'))
  chmodSync(folder, 0o755)
  const server = await startPostgres(folder, await freePort(), SETTINGS)
  try {
    const database = await startDatabase({ url: server.url })
    await applyMigrations(database)
    await database.close()
    const client = new Client({ connectionString: server.url })
    // What failed is thrown where it failed; that the server then ends the connection is no news.
    client.on('error', () => undefined)
    await client.connect()
    await prepareTables(client)
    const generate = rideGenerator()
    // Every size has the rides of the smallest: the queries are about these.
    const rideOf = (number: number) => generate((number * 7_919) % smallest)
    const samples: Sample[] = []
    const indexes = []
    let loaded = 0
    for (const rides of sizes) {
      await loadRides(client, { from: loaded, to: rides, generate }, (count) => {
        if (count % Math.max(10_000, rides / 20) === 0) say(`${count.toLocaleString('en')} rides loaded`)
      })
      loaded = rides
      for (const method of METHODS) {
        if (method === 'path') {
          say('building the indexes')
          indexes.push({ rides, ...(await buildIndexes(client)) })
        }
        say(`${rides.toLocaleString('en')} rides: ${method}`)
        samples.push(...(await measure(client, method, { rides, rideOf })))
      }
    }
    say(`comparing ids of ${values.compare} queries`)
    const comparison = await compareIds(client, Number(values.compare), rideOf)
    say(`${comparison.missing} of ${comparison.matches} ids missing, ${comparison.extra} too many`)
    say(`${values.searches} searches through the API`)
    const api = await measureApi(client, server.url, Number(values.searches), rideOf)
    const cost = await publishCost(client, generate, ({ ride }) => rideKeys(ride), largest)
    const { rows } = await client.query<{ version: string }>(
      `select split_part(version(), ' on ', 1) || ', PostGIS ' || postgis_lib_version() as version`,
    )
    await client.end()
    const results = {
      sizes,
      samples,
      indexes,
      comparison,
      api,
      cost,
      version: rows[0]?.version ?? '',
      settings: SETTINGS,
    }
    mkdirSync(values.out, { recursive: true })
    writeFileSync(join(values.out, 'search.md'), writeReport(results, new Date()))
    writeFileSync(join(values.out, 'search.svg'), drawChart(samples, sizes))
    writeFileSync(join(values.out, 'search-api.svg'), drawApi(api))
    say(`written to ${values.out}`)
  } finally {
    await server.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

await benchSearch()
