import { cpus, totalmem } from 'node:os'
import { RADII, TOLERANCES, type Tolerance } from './choose-queries.ts'
import type { Comparison } from './compare-ids.ts'
import type { Index } from './load-rides.ts'
import type { Sample } from './measure.ts'
import type { ApiSample } from './measure-api.ts'
import { METHODS, type Method, NAMES } from './methods.ts'
import type { PublishCost } from './publish-cost.ts'
import { reportApi, timesItsParts, WANTED_TIMES } from './report-api.ts'
import { byDensity, DENSE_MATCHES, growth, percentile, speedup, times } from './stats.ts'
import { number, table, whole } from './tables.ts'

export interface Results {
  sizes: readonly number[]
  samples: readonly Sample[]
  indexes: readonly (Record<Index, { seconds: number; bytes: number }> & { rides: number })[]
  comparison: Comparison
  /** Of the largest size. */
  api: readonly ApiSample[]
  cost: PublishCost
  version: string
  settings: readonly string[]
}

const WANTED = { speedup: 25, growth: 0.35, denseSpeedup: 2 }
const TOLERANCE_NAMES: Record<Tolerance, string> = { hour: '± 1 h', day: '± 12 h' }

const megabytes = (bytes: number | undefined) => `${number((bytes ?? Number.NaN) / 2 ** 20)} MB`

/** The page of the results. @param date of the run */
export function writeReport(results: Results, date: Date): string {
  const { sizes, samples, comparison, cost } = results
  const largest = Math.max(...sizes)
  const { sparse, dense } = byDensity(samples, largest)
  return `# Search among ${sizes.map(whole).join(', ')} active rides

${date.toISOString().slice(0, 10)}, \`npm run bench:search -- --rides ${sizes.join(',')}\`, on ${cpus().length} cores of ${cpus()[0]?.model.trim() ?? 'an unknown processor'}
with ${number(totalmem() / 2 ** 30)} GB; ${results.version} (${results.settings.join(', ')}), on the same machine.

![Median of the search statement by the number of active rides](search.svg)

Rides are trips between real Indian towns by the gravity model (\`scripts/seed/choose-trips.ts\`), each with a path of its own, over
14 days. A query asks for a part of some ride's way, with a walk at either end, so most are about corridors where most rides
are. The time is from sending the statement to having its rows read, planned anew each time; what it reads is in memory, since each
query is asked twice. Only the part that finds the rides differs between the methods; all select the same of at most 1,000 of
them. Matching their paths exactly, in the Worker, comes on top (last column).

## What was wanted

${verdicts(results, sparse, dense, largest)}

${whole(comparison.queries)} further queries of all radii and windows were also answered by PostGIS on the whole, and both answers matched
exactly: ${comparison.missing + comparison.extra === 0 ? `the same ${whole(comparison.matches)} ids` : `**${comparison.missing} ids are missing and ${comparison.extra} are too many**, of ${whole(comparison.matches)}`}.

## Sparse queries

Those with fewer than ${DENSE_MATCHES} matches at ${whole(largest)} rides; milliseconds.

${timesTable(sparse, sizes)}

## Dense corridors

Those with ${DENSE_MATCHES} or more matches at ${whole(largest)} rides; milliseconds.

${timesTable(dense, sizes)}

## By radius and window

At ${whole(largest)} rides, all queries; milliseconds.

${classesTable(samples.filter((one) => one.rides === largest))}

${reportApi(results.api, largest)}
## What it costs

${table(
  ['Rides', 'corridor keys', 'GiST on path', 'GiST on (path, departure)'],
  results.indexes.map((index) => [
    whole(index.rides),
    ...[index.ride_corridors_keys_idx, index.routes_path_idx, index.bench_paths_idx].map(
      ({ bytes, seconds }) => `${megabytes(bytes)}, built in ${number(seconds)} s`,
    ),
  ]),
)}

A published ride has ${number(cost.keys)} keys on average. Making them takes ${number(cost.keysMicros)} µs, inserting its row ${number(cost.insertMicros)} µs, of which the indexes
take ${number(cost.insertMicros - cost.bareInsertMicros)} µs (${whole(largest)} rides, \`fastupdate\` off).
`
}

function verdicts(
  { samples, sizes, api }: Results,
  sparse: Sample[],
  dense: Sample[],
  largest: number,
): string {
  const line = (what: string, wanted: string, value: number, holds: boolean) => [
    what,
    wanted,
    number(value),
    Number.isNaN(value) ? 'not measured' : holds ? 'yes' : '**no**',
  ]
  const faster = speedup(samples, largest, 'corridor', 'path')
  const sparseFaster = speedup(sparse, largest, 'corridor', 'path')
  const grows = growth(sparse, sizes, 'corridor')
  const denseFaster = speedup(dense, largest, 'corridor', 'pathAndDeparture')
  return table(
    [`At ${whole(largest)} rides`, 'wanted', 'is', 'holds'],
    [
      line(
        'p50 against GiST on path, all queries: times faster',
        `≥ ${WANTED.speedup}`,
        faster,
        faster >= WANTED.speedup,
      ),
      line('the same, sparse queries', `≥ ${WANTED.speedup}`, sparseFaster, sparseFaster >= WANTED.speedup),
      line(
        `growth exponent of the p50 from ${whole(Math.min(...sizes))} rides, sparse queries`,
        `≤ ${WANTED.growth}`,
        grows,
        grows <= WANTED.growth,
      ),
      line(
        'dense corridors against GiST on (path, departure): times faster',
        `≥ ${WANTED.denseSpeedup}`,
        denseFaster,
        denseFaster >= WANTED.denseSpeedup,
      ),
      line(
        'the operation through the API: times its statement and the bare gateway together',
        `≤ ${WANTED_TIMES}`,
        timesItsParts(api),
        timesItsParts(api) <= WANTED_TIMES,
      ),
    ],
  )
}

function timesTable(samples: readonly Sample[], sizes: readonly number[]): string {
  const cells = (rides: number, method: Method) => {
    const some = samples.filter((one) => one.rides === rides && one.method === method)
    return [
      whole(rides),
      NAMES[method],
      `${some.length}`,
      ...[0.5, 0.95, 0.99].map((part) => number(percentile(times(some), part))),
      number(
        percentile(
          some.map((one) => one.candidates),
          0.5,
        ),
      ),
      number(
        percentile(
          some.map((one) => one.matches),
          0.5,
        ),
      ),
      number(
        percentile(
          some.map((one) => one.matchMilliseconds),
          0.5,
        ),
      ),
    ]
  }
  return table(
    ['Rides', 'method', 'queries', 'p50', 'p95', 'p99', 'rides found, p50', 'matches, p50', 'matching, p50'],
    sizes.flatMap((rides) => METHODS.map((method) => cells(rides, method))),
  )
}

function classesTable(samples: readonly Sample[]): string {
  const classes = RADII.flatMap((radius) => TOLERANCES.map((tolerance) => ({ radius, tolerance })))
  return table(
    ['Radius, window', ...METHODS.flatMap((method) => [`${NAMES[method]}, p50`, 'p95'])],
    classes.map(({ radius, tolerance }) => [
      `${radius / 1000} km, ${TOLERANCE_NAMES[tolerance]}`,
      ...METHODS.flatMap((method) => {
        const some = samples.filter(
          (one) => one.method === method && one.radius === radius && one.tolerance === tolerance,
        )
        return [0.5, 0.95].map((part) => number(percentile(times(some), part)))
      }),
    ]),
  )
}
