import { percentile } from '../search/stats.ts'
import { type StreamId, streams } from './cases.ts'
import type { Measured } from './measure-live.ts'
import type { WithPeople } from './measure-people.ts'
import type { ContestantId } from './servers.ts'

const median = (values: readonly number[]) => percentile(values, 0.5)

/** The medians over all runs of one server. */
export function summarize(measured: readonly Measured[], contestant: ContestantId) {
  const own = measured.filter((each) => each.contestant === contestant)
  const of = (id: StreamId) => {
    const runs = own.map((each) => each.streams[id])
    const at = (pick: (run: (typeof runs)[number]) => number) => median(runs.map(pick))
    return {
      p50: at((run) => run.p50),
      p95: at((run) => run.p95),
      p99: at((run) => run.p99),
      oldest: Math.max(...runs.map((run) => run.oldest)),
      lost: Math.max(...runs.map((run) => run.lost)),
      delivered: at((run) => run.delivered),
      /** Microseconds of processor time per delivery. */
      perDelivery: at((run) => (run.cpuSeconds / run.delivered) * 1e6),
      /** Milliseconds of processor time per second of one ride. */
      perRideSecond: at((run) => (run.cpuSeconds / streams[id].rooms / streams[id].seconds) * 1e3),
    }
  }
  return {
    contestant,
    fanOut: of('fanOut'),
    small: of('small'),
    city: of('city'),
    fast4: of('fast4'),
    fast20: of('fast20'),
    kilobytes: median(own.map((each) => each.idle.kilobytes)),
    backMs: median(own.map((each) => each.idle.backMs)),
  }
}

export type Summary = ReturnType<typeof summarize>

export interface PeopleSummary extends WithPeople {
  name: string
}

/** The medians over all runs, one for each server. */
export function summarizePeople(measured: readonly PeopleSummary[]): PeopleSummary[] {
  return [...Map.groupBy(measured, ({ name }) => name)].map(([name, runs]) => ({
    name,
    kilobytes: median(runs.map((run) => run.kilobytes)),
    newMs: median(runs.map((run) => run.newMs)),
    backMs: median(runs.map((run) => run.backMs)),
  }))
}
