import type { Aside, GatewayOrder, Said } from '#packages/protocol/gateway-link.ts'
import type { HubJoinOutcome } from '#packages/protocol/hub-calls.ts'
import { engineSettings } from '#packages/socketio/settings.ts'
import { FakeClock, FakeWire } from '#packages/socketio/testing/place.ts'
import { Gateway } from '../gateway.ts'
import type { GatewaySurroundings } from '../ports.ts'

export const userId = '00000000-0000-4000-8000-000000000001'
const sessionId = '00000000-0000-4000-8000-000000000002'
export const rideId = '00000000-0000-4000-8000-000000000003'

export const snapshot = (seq = 0, resumed = false) => JSON.stringify({ type: 'snapshot', seq, resumed, at: '' })

/** A gateway with surroundings that note what they are asked, and with one client. */
export function newPlace() {
  const clock = new FakeClock()
  const asked: unknown[][] = []
  const errors: unknown[] = []
  const asides: Aside[] = []
  const timers: { at: number; task: () => void }[] = []
  const answers = {
    hubJoins: async (): Promise<HubJoinOutcome> => ({ frames: [snapshot()], rides: [], known: false }),
    roomJoins: async (): Promise<{ frames: string[] } | { closed: 'removed' }> => ({ frames: [snapshot()] }),
    hubKnows: true,
    roomSays: async (): Promise<Said> => ({ known: true, orders: [] }),
    isExpired: false,
  }
  const around: GatewaySurroundings = {
    backend: {
      admit: async (tokens) =>
        tokens.map(() => ({ pass: { userId, sessionId }, isExpired: answers.isExpired })),
      passToRides: async (wishes) =>
        wishes.map(({ rideId: id, ...caller }) => {
          const ride = { id, driverId: userId, status: 'started', departsAt: '2026-11-22T06:00:00Z' } as const
          return { pass: { ...caller, role: 'driver', ride } }
        }),
      call: async (_, call) => {
        asked.push(['call', call])
        return { status: 200, body: '{}' }
      },
    },
    hub: () => ({
      joinVia: (link, pass, after) => {
        asked.push(['hub joinVia', link.socket, pass.pid, after])
        return answers.hubJoins()
      },
      sayVia: async (_, frames) => {
        asked.push(['hub sayVia', ...frames])
        return answers.hubKnows
      },
      leaveVia: async (link) => void asked.push(['hub leaveVia', link.socket]),
      follow: async (_, rides) => void asked.push(['hub follow', ...rides]),
    }),
    room: () => ({
      joinVia: (joiners) => {
        for (const { link } of joiners) asked.push(['room joinVia', link.socket])
        return Promise.all(joiners.map(() => answers.roomJoins()))
      },
      sayVia: (_, frames, aside = {}) => {
        asked.push(['room sayVia', ...frames])
        asides.push(aside)
        return answers.roomSays()
      },
      leaveVia: async (link, gone = []) => void asked.push(['room leaveVia', link.socket, ...gone]),
    }),
    report: (_, error) => void errors.push(error),
    now: clock.read,
    after: (milliseconds, task) => void timers.push({ at: clock.now + milliseconds, task }),
  }
  const gateway = new Gateway('g0', around, {
    settings: engineSettings,
    clock: clock.read,
    newSid: () => 'g0.sid',
    maxSessions: 1,
    store: { keep: () => undefined, forget: () => undefined },
  })
  const wire = new FakeWire()
  gateway.server.engine.attach({ sid: 'g0.sid', isUpgrade: false }, wire)
  wire.frames.length = 0

  return {
    ...{ gateway, wire, clock, asked, asides, timers, errors, answers },
    /** Says something and waits until all that it sets off is done. */
    async say(...frames: string[]) {
      for (const frame of frames) {
        gateway.server.engine.receive('g0.sid', wire, frame)
        // Clients say nothing before they are let in.
        if (frame.startsWith('40')) await settled()
      }
      await settled()
    },
    /** Lets time pass, and the timers that are due ring. */
    async pass(milliseconds: number) {
      const until = clock.now + milliseconds
      for (;;) {
        const [next] = timers.toSorted((a, b) => a.at - b.at)
        if (!next || next.at > until) break
        timers.splice(timers.indexOf(next), 1)
        clock.now = Math.max(clock.now, next.at)
        next.task()
        await settled()
      }
      clock.now = until
    },
    /** What the client was told since the last time. */
    heard: () => wire.frames.splice(0).map(String),
    /** The client's name among the members of its hub. */
    link: () => String(asked.find(([what]) => what === 'hub joinVia')?.[1]),
    /** The same, from the connection itself. */
    memberLink: () => [...gateway.server.sockets()][0]?.content.link ?? '',
    take: (source: { user: string } | { ride: string }, ...orders: GatewayOrder[]) =>
      gateway.take(source, orders),
  }
}

export async function settled(): Promise<void> {
  for (let n = 0; n < 50; n++) await Promise.resolve()
}
