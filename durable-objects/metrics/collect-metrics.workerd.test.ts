import { expect, test } from 'vitest'
import type { Series } from '#packages/metrics/registry.ts'
import { collectMetrics } from './collect-metrics.ts'

function collector() {
  const taken: Series[][] = []
  let now = 0
  let down = false
  const object = {
    add: async (series: Series[]) => {
      if (down) throw new Error('away')
      taken.push(series)
    },
    expose: async () => '',
  }
  const metrics = collectMetrics({ getByName: () => object }, () => now)
  return { metrics, taken, wait: (ms: number) => (now += ms), fail: (value: boolean) => (down = value) }
}

test('what was counted is handed over once, and only when it is due', async () => {
  const { metrics, taken, wait } = collector()
  metrics.observe('getRide', 200, 0.01)
  expect(metrics.isDue()).toBe(false)
  wait(5000)
  expect(metrics.isDue()).toBe(true)
  await metrics.flush()
  await metrics.flush()
  expect(taken.map((series) => series.map(({ count }) => count))).toEqual([[1]])
})

test('what the object did not take goes along with the next', async () => {
  const { metrics, taken, fail } = collector()
  metrics.observe('getRide', 200, 0.01)
  fail(true)
  await expect(metrics.flush()).rejects.toThrow('away')
  fail(false)
  metrics.observe('getRide', 200, 0.02)
  await metrics.flush()
  expect(taken.map((series) => series.map(({ count }) => count))).toEqual([[2]])
})
