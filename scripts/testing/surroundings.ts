import type { Db } from '../../db/client.ts'
import type { Host, LivePort } from '../../workers/context.ts'
import { parseSettings } from '../../workers/env.ts'
import type { Surroundings } from '../../workers/events/outlets.ts'
import { composeServices } from '../../workers/services.ts'
import { completeVariables } from '../../workers/testing/complete-variables.ts'

/** For what a test does not come to. */
export const unused = () => {
  throw new Error('not part of this')
}

/** Everything live where nobody is connected; what it is told goes nowhere. */
export function nobodyLive(more: Partial<LivePort> = {}): LivePort {
  return {
    ...{ joinRide: unused, rideLocation: unused, reportPositions: unused, rideTrace: unused, joinHub: unused },
    socketIo: unused,
    ...{ announce: async () => undefined, tellUser: async () => false, passOn: async () => undefined },
    ...{ endSessions: async () => undefined, hidePresence: async () => undefined },
    forgetUser: async () => undefined,
    ...more,
  }
}

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }
const host: Host = {
  live: nobodyLive(),
  metrics: { observe: unused, isDue: unused, flush: unused, expose: unused },
  platform: { callerAddress: unused, keepAlive: unused, refuseSocket: unused, drainSoon: unused },
  objects: { put: unused, size: unused, get: unused, delete: unused },
  pictures: { makeAvatars: unused, cleanPicture: unused },
}
const services = await composeServices(parseSettings(await completeVariables()), host)

export interface OutboxStage {
  live?: Partial<LivePort>
  sendText?: Surroundings['sms']['sendText']
  log?: Surroundings['log']
}

/** What the outbox is drained into, with the seconds after which it asked to be drained again. */
export function outboxSurroundings(
  db: Db,
  { live, sendText = unused, log = silent }: OutboxStage = {},
): Surroundings & { soon: number[] } {
  const soon: number[] = []
  const platform = { ...host.platform, drainSoon: async (after: number) => void soon.push(after) }
  return { ...services, db, log, soon, platform, live: nobodyLive(live), sms: { ...services.sms, sendText } }
}
