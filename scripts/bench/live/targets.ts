import { elementAt } from '#packages/geo/element-at.ts'
import type { ContestantId } from './servers.ts'
import type { Summary } from './summarize.ts'

/** Something that was wanted, and where it stands. */
export interface Target {
  what: string
  wanted: string
  value: number
  met: boolean
}

const atLeast = (bound: number) => (value: number) => ({ wanted: `≥ ${bound}`, value, met: value >= bound })
const atMost = (bound: number) => (value: number) => ({ wanted: `≤ ${bound}`, value, met: value <= bound })

/** The ratios that this part of Margwa is judged by. Costs are processor time of the server. */
export function judge(summaries: readonly Summary[]): Target[] {
  const of = (id: ContestantId) =>
    elementAt(
      summaries.filter(({ contestant }) => contestant === id),
      0,
    )
  const [native, io, raw, node] = [of('native'), of('socketio'), of('raw'), of('node')]
  const lost = native.city.lost + io.city.lost
  return [
    {
      what: 'fan-out, native: deliveries per CPU second, of the raw relay’s',
      ...atLeast(0.9)(raw.fanOut.perDelivery / native.fanOut.perDelivery),
    },
    { what: 'fan-out, Socket.IO: the same', ...atLeast(0.85)(raw.fanOut.perDelivery / io.fanOut.perDelivery) },
    { what: 'p99 of 5,000 people, native, of the raw relay’s', ...atMost(1.5)(native.city.p99 / raw.city.p99) },
    { what: 'p99 of 5,000 people, Socket.IO, of the raw relay’s', ...atMost(1.5)(io.city.p99 / raw.city.p99) },
    { what: 'positions lost among 5,000 people, both', ...atMost(0)(lost) },
    {
      what: '5 Hz, 4 viewers, native: CPU per ride-second, of Node socket.io’s',
      ...atMost(0.8)(native.fast4.perRideSecond / node.fast4.perRideSecond),
    },
    {
      what: '5 Hz, 4 viewers, Socket.IO: the same',
      ...atMost(0.8)(io.fast4.perRideSecond / node.fast4.perRideSecond),
    },
    {
      what: '5 Hz, 20 viewers, native: the same',
      ...atMost(0.6)(native.fast20.perRideSecond / node.fast20.perRideSecond),
    },
    {
      what: '5 Hz, 20 viewers, Socket.IO: the same',
      ...atMost(0.6)(io.fast20.perRideSecond / node.fast20.perRideSecond),
    },
    {
      what: '5 Hz: the longest that a viewer waited for a newer position, ms',
      ...atMost(1000)(Math.max(native.fast4.oldest, native.fast20.oldest)),
    },
    {
      what: 'memory of a silent socket, native, of the raw relay’s',
      ...atMost(1.25)(native.kilobytes / raw.kilobytes),
    },
    {
      what: 'memory of a silent socket, Socket.IO, of the raw relay’s',
      ...atMost(1.25)(io.kilobytes / raw.kilobytes),
    },
    {
      what: '5,000 back after a restart, native, of Node socket.io’s time',
      ...atMost(1.5)(native.backMs / node.backMs),
    },
    {
      what: '5,000 back after a restart, Socket.IO, of Node socket.io’s time',
      ...atMost(1.5)(io.backMs / node.backMs),
    },
  ]
}
