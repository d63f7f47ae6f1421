import { drawBars } from '../plots/draw-bars.ts'
import type { ApiSample } from './measure-api.ts'
import { percentile } from './stats.ts'
import { number, table, whole } from './tables.ts'

/** The operation may take so many times its statement and the bare gateway together. */
export const WANTED_TIMES = 2

const of = (samples: readonly ApiSample[], part: number) => (name: keyof ApiSample) =>
  percentile(
    samples.map((sample) => sample[name]),
    part,
  )

/** The median of the operation by that of its statement and the bare gateway together. */
export function timesItsParts(samples: readonly ApiSample[]): number {
  const p50 = of(samples, 0.5)
  return p50('operation') / (p50('statement') + p50('gateway'))
}

const NAMES = {
  operation: 'the search operation',
  statement: 'its statement alone, without HTTP',
  gateway: 'the bare gateway: let in, refused (422)',
  health: '`/health`: counted, both stores asked',
  notFound: 'nothing there (404): the router alone',
} as const
const names = Object.keys(NAMES).filter((name): name is keyof typeof NAMES => name in NAMES)

/** The part of the page about the way through the API. */
export function reportApi(samples: readonly ApiSample[], rides: number): string {
  const [p50, p95] = [of(samples, 0.5), of(samples, 0.95)]
  return `## Through the API

${whole(samples.length)} searches of all radii and windows at ${whole(rides)} rides, by \`POST /api/v1/routes/search\`: workerd, the local cloud's Neon protocol and the
same PostgreSQL, over loopback, one after the other and in turns with what is beside them; milliseconds. The client, the stand-ins of
Redis and Neon, the Worker and the database share the cores. The median search has ${p50('results')} results, each with its signed quote.

![Median of the search operation beside its parts](search-api.svg)

${table(
  ['', 'p50', 'p95'],
  names.map((name) => [NAMES[name], number(p50(name)), number(p95(name))]),
)}

The operation takes ${number(timesItsParts(samples))} times its statement and the bare gateway together; wanted are at most ${WANTED_TIMES}.
`
}

/** Medians of the operation and its parts, as SVG. */
export function drawApi(samples: readonly ApiSample[]): string {
  const p50 = of(samples, 0.5)
  const [operation, statement, gateway] = [p50('operation'), p50('statement'), p50('gateway')]
  const bar = (label: string, value: number) => ({ label, value, text: `${number(value)} ms` })
  return drawBars('A search through the API, median', [
    bar('its statement', statement),
    bar('the bare gateway', gateway),
    bar('the operation', operation),
    bar(`allowed: ${WANTED_TIMES} × both`, WANTED_TIMES * (statement + gateway)),
  ])
}
