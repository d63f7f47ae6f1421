import { elementAt } from '#packages/geo/element-at.ts'
import type { Sample } from './measure.ts'
import type { Method } from './methods.ts'

/** So many matches make a query one of a dense corridor. */
export const DENSE_MATCHES = 200

/** The value that this part of all is not above; NaN of none. */
export function percentile(values: readonly number[], part: number): number {
  if (values.length === 0) return Number.NaN
  const sorted = values.toSorted((a, b) => a - b)
  return elementAt(sorted, Math.min(sorted.length - 1, Math.ceil(part * sorted.length) - 1))
}

export const times = (samples: readonly Sample[]) => samples.map((sample) => sample.milliseconds)

const nameOf = ({ radius, tolerance, number }: Sample) => `${radius} ${tolerance} ${number}`

/** How many times faster than another method, by the p50 of the queries that both answered at one size. */
export function speedup(samples: readonly Sample[], rides: number, method: Method, other: Method): number {
  const of = (each: Method) => samples.filter((one) => one.rides === rides && one.method === each)
  const both = new Set(of(other).map(nameOf))
  return (
    percentile(times(of(other)), 0.5) /
    percentile(times(of(method).filter((one) => both.has(nameOf(one)))), 0.5)
  )
}

/** Sparse and dense queries apart, as they are at the largest size: so every size has the same queries. */
export function byDensity(samples: readonly Sample[], rides: number): { sparse: Sample[]; dense: Sample[] } {
  const dense = new Set(
    samples
      .filter((one) => one.rides === rides && one.method === 'corridor' && one.matches >= DENSE_MATCHES)
      .map(nameOf),
  )
  return {
    sparse: samples.filter((one) => !dense.has(nameOf(one))),
    dense: samples.filter((one) => dense.has(nameOf(one))),
  }
}

/** The power of the number of rides with which the p50 grows from the smallest size to the largest. */
export function growth(samples: readonly Sample[], sizes: readonly number[], method: Method): number {
  const [first, last] = [Math.min(...sizes), Math.max(...sizes)]
  const p50 = (rides: number) =>
    percentile(times(samples.filter((one) => one.rides === rides && one.method === method)), 0.5)
  return Math.log(p50(last) / p50(first)) / Math.log(last / first)
}
