import { merge, observe, type Samples, type Series } from '#packages/metrics/registry.ts'

/** Hand over at most this often; what an isolate counted since is lost when the platform ends it. */
const FLUSH_EVERY_MS = 5_000
const OBJECT_NAME = 'all'

/** The namespace of the Metrics object, as far as it is used here. */
export interface MetricsObjects {
  getByName(name: string): { add(series: Series[]): Promise<void>; expose(): Promise<string> }
}

/** Counts in this isolate and hands over to the one Metrics object. */
export function collectMetrics(metrics: MetricsObjects, clock: () => number = Date.now) {
  let samples: Samples = new Map()
  let flushedAt = clock()
  const flush = async (): Promise<void> => {
    const series: Series[] = [...samples.values()]
    samples = new Map()
    flushedAt = clock()
    if (series.length === 0) return
    try {
      await metrics.getByName(OBJECT_NAME).add(series)
    } catch (error) {
      // Not taken: it goes along with the next ones.
      merge(samples, series)
      throw error
    }
  }
  return {
    observe: (operation: string, status: number, seconds: number) =>
      observe(samples, operation, status, seconds),
    flush,
    isDue: () => samples.size > 0 && clock() - flushedAt >= FLUSH_EVERY_MS,
    expose: () => metrics.getByName(OBJECT_NAME).expose(),
  }
}
