import { setTimeout as sleep } from 'node:timers/promises'
import { percentile } from '../search/stats.ts'
import type { Client, Connect } from './client.ts'
import { openRooms } from './open-rooms.ts'
import type { Server } from './run-server.ts'

/** So many rooms of one driver and some viewers, each driver reporting so often. */
export interface Stream {
  rooms: number
  viewers: number
  /** Positions per second and driver. */
  rate: number
  seconds: number
}

export interface Streamed {
  sent: number
  delivered: number
  /** What was due and never came: of a stream at 1 Hz every position, of a faster one only the last. */
  lost: number
  /** Milliseconds from the driver to a viewer. */
  p50: number
  p95: number
  p99: number
  /** The longest that a viewer has waited for a newer position once the driver had sent one, milliseconds. */
  oldest: number
  cpuSeconds: number
}

const SETTLE_MS = 2000
/** V8 compiles what is hot within the first seconds: what it costs until then is not what it costs. */
const WARM_UP_MS = 5000

/**
 * Streams positions, spread evenly over each period, and counts what arrives.
 * @param onSteady called when everything is warm and counting begins
 */
export async function streamPositions(
  connect: Connect,
  server: Server,
  stream: Stream,
  onSteady?: () => void,
): Promise<Streamed> {
  const { rooms, viewers, rate, seconds } = stream
  const sentAt: number[][] = Array.from({ length: rooms }, () => [])
  const latencies: number[] = []
  const lastStep: number[] = []
  let oldest = 0
  let counting = false
  const hear = (room: number, viewer: number) => (step: number) => {
    const key = room * viewers + viewer
    const before = lastStep[key] ?? 0
    lastStep[key] = step
    const times = sentAt[room]
    const sent = times?.[step]
    if (!counting || sent === undefined) return
    const now = performance.now()
    latencies.push(now - sent)
    // The first position that it did not see yet has waited until now.
    oldest = Math.max(oldest, now - (times?.[before + 1] ?? sent))
  }
  const opened = await openRooms(connect, server, { rooms, viewers, hear })
  const drivers: Client[] = opened.drivers
  let step = 0
  const period = 1000 / rate
  const round = async () => {
    step += 1
    const begins = performance.now()
    for (const [room, driver] of drivers.entries()) {
      const due = begins + (room * period) / rooms
      const wait = due - performance.now()
      if (wait > 1) await sleep(wait)
      const times = sentAt[room]
      if (times) times[step] = performance.now()
      driver.report(step)
    }
    const rest = begins + period - performance.now()
    if (rest > 0) await sleep(rest)
  }
  for (let warm = 0; warm < (WARM_UP_MS / 1000) * rate; warm++) await round()
  await sleep(SETTLE_MS)
  counting = true
  onSteady?.()
  const [first, cpuBefore] = [step, server.cpuSeconds()]
  for (let left = seconds * rate; left > 0; left--) await round()
  const cpuSeconds = server.cpuSeconds() - cpuBefore
  await sleep(SETTLE_MS)
  const sent = (step - first) * rooms
  const unseen = Array.from({ length: rooms * viewers }, (_, key) => lastStep[key] ?? 0).filter(
    (last) => last < step,
  )
  const lost = rate > 1 ? unseen.length : sent * viewers - latencies.length
  opened.close()
  const at = (part: number) => percentile(latencies, part)
  return {
    sent,
    delivered: latencies.length,
    lost,
    p50: at(0.5),
    p95: at(0.95),
    p99: at(0.99),
    oldest,
    cpuSeconds,
  }
}
