/** Upper bounds of the latency buckets, seconds; chosen around the promise "p95 below 300 ms". */
export const LATENCY_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2.5] as const

/** Requests of one operation with one status. `buckets[i]` counts those within LATENCY_BUCKETS[i], not cumulative. */
export interface Series {
  operation: string
  status: number
  count: number
  seconds: number
  buckets: number[]
}

export type Samples = Map<string, Series>

const keyOf = (operation: string, status: number) => `${operation} ${status}`

/** Counts one finished request. */
export function observe(samples: Samples, operation: string, status: number, seconds: number): void {
  const series = seriesOf(samples, operation, status)
  series.count += 1
  series.seconds += seconds
  const bucket = LATENCY_BUCKETS.findIndex((bound) => seconds <= bound)
  if (bucket >= 0) series.buckets[bucket] = (series.buckets[bucket] ?? 0) + 1
}

/** Adds what another place has counted. */
export function merge(samples: Samples, others: Iterable<Series>): void {
  for (const other of others) {
    const series = seriesOf(samples, other.operation, other.status)
    series.count += other.count
    series.seconds += other.seconds
    for (const [index, count] of other.buckets.entries())
      series.buckets[index] = (series.buckets[index] ?? 0) + count
  }
}

function seriesOf(samples: Samples, operation: string, status: number): Series {
  const key = keyOf(operation, status)
  const known = samples.get(key)
  if (known) return known
  const fresh = { operation, status, count: 0, seconds: 0, buckets: LATENCY_BUCKETS.map(() => 0) }
  samples.set(key, fresh)
  return fresh
}

const NAME = 'margwa_request_duration_seconds'

/** The counters in the Prometheus text format, version 0.0.4: one histogram per operation and status. */
export function expose(samples: Samples): string {
  const lines = [
    `# HELP ${NAME} Time to answer a request, by operation and status.`,
    `# TYPE ${NAME} histogram`,
  ]
  for (const series of samples.values()) {
    const labels = `operation="${series.operation}",status="${series.status}"`
    let below = 0
    for (const [index, bound] of LATENCY_BUCKETS.entries()) {
      below += series.buckets[index] ?? 0
      lines.push(`${NAME}_bucket{${labels},le="${bound}"} ${below}`)
    }
    lines.push(`${NAME}_bucket{${labels},le="+Inf"} ${series.count}`)
    lines.push(`${NAME}_sum{${labels}} ${series.seconds}`, `${NAME}_count{${labels}} ${series.count}`)
  }
  return `${lines.join('\n')}\n`
}
