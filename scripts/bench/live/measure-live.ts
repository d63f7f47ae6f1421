import { type StreamId, streams } from './cases.ts'
import { type Idle, measureIdle } from './measure-idle.ts'
import { Server } from './run-server.ts'
import type { Contestant, ContestantId } from './servers.ts'
import { type Streamed, streamPositions } from './stream-positions.ts'

/** One server's results of one run. */
export interface Measured {
  run: number
  contestant: ContestantId
  streams: Record<StreamId, Streamed>
  idle: Idle
}

/** Puts one server through everything, each stream on a fresh process. */
export async function measureLive(
  contestant: Contestant,
  ports: () => number,
  onStep: (what: string) => void,
): Promise<Pick<Measured, 'streams' | 'idle'>> {
  const stream = async (id: StreamId) => {
    onStep(streams[id].title)
    const port = ports()
    return Server.use(contestant.command(port), port, (server) =>
      streamPositions(contestant.connect, server, streams[id]),
    )
  }
  const measured = {
    fanOut: await stream('fanOut'),
    small: await stream('small'),
    city: await stream('city'),
    fast4: await stream('fast4'),
    fast20: await stream('fast20'),
  }
  onStep('5,000 silent sockets, then back after a restart')
  return { streams: measured, idle: await measureIdle(contestant, ports()) }
}
