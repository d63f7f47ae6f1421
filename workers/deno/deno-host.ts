import type { GatewayBackend } from '#packages/protocol/gateway-backend.ts'
import { refusalCode } from '#packages/protocol/refusal-code.ts'
import type { RideDatabase } from '#packages/ride-room/ride-database.ts'
import type { ObjectStore } from '#packages/storage/object-store.ts'
import type { HubPeople } from '#packages/user-hub/surroundings.ts'
import type { Host } from '../context.ts'
import type { Log } from '../http/log.ts'
import { countRequests } from './count-requests.ts'
import { RideRooms } from './ride-rooms.ts'
import { sharpPictures } from './sharp-pictures.ts'
import { LiveGateway } from './socket-gateway.ts'
import { readyForUpgrade, type Upgrade, upgradeSocket } from './upgrade-socket.ts'
import { UserHubs } from './user-hubs.ts'

export interface DenoSurroundings {
  upgrade: Upgrade
  log: Log
  /** Delivers what waits in the outbox. */
  drainOutbox: () => Promise<unknown>
  /** Does the work of the minute; never rejects. */
  sweep: () => Promise<void>
  /** The bytes of files. */
  objects: ObjectStore
  /** What hubs ask of the database. */
  people: HubPeople
  /** What rooms ask of the database. */
  rides: RideDatabase
  /** The application as the Socket.IO gateway asks it. */
  backend: GatewayBackend
  /** The header in which a trusted proxy names its caller; absent: the connection's other end is the caller. */
  addressHeader: string | undefined
}

export interface DenoHost extends Host {
  /** The request as the application must get it, from where it came. */
  receive(request: Request, remoteAddress: string): Request
  /** What Cloudflare's cron trigger does; rooms nobody needs go too. */
  sweep: () => Promise<void>
  /** Closes every socket and stops every timer. */
  hangUp(): void
  /** Waits for the work that goes on after its reply. */
  settle(): Promise<void>
}

/** The application's surroundings in one Deno process: rooms, metrics and unfinished work are in its memory. */
export function denoHost({
  upgrade,
  log,
  drainOutbox,
  sweep,
  objects,
  people,
  rides,
  backend,
  addressHeader,
}: DenoSurroundings): DenoHost {
  const metrics = countRequests()
  const gateway = () => sockets.gateway
  const rooms = new RideRooms({ log, database: rides, gateway })
  const hubs = new UserHubs({ log, people, gateway })
  const report = (message: string, error: unknown) => log.error(`socket gateway: ${message}`, { error })
  const around = {
    backend,
    room: (id: string) => rooms.of(id),
    hub: (id: string) => hubs.of(id),
    report,
    now: Date.now,
    after: (milliseconds: number, task: () => void) => void setTimeout(task, milliseconds),
  }
  const sockets: LiveGateway = new LiveGateway(around, upgrade, metrics)
  const addresses = new WeakMap<Request, string>()
  const unfinished = new Set<Promise<unknown>>()
  /** One for each second in which a drain is due. */
  const retries = new Map<number, ReturnType<typeof setTimeout>>()

  const drain = async () => {
    await drainOutbox().catch((error: unknown) => log.error('outbox not drained', { error }))
  }
  return {
    live: {
      joinRide: async (pass, request) => {
        const { socket, response } = upgradeSocket(upgrade, request)
        const after = new URL(request.url).searchParams.get('after')
        rooms.join(socket, pass, after === null ? null : Number(after))
        return response
      },
      announce: async (rideId, events) => rooms.announce(rideId, events),
      rideLocation: async (pass) => rooms.look(pass),
      reportPositions: async (pass, positions) => rooms.report(pass, positions),
      rideTrace: async (rideId) => rooms.trace(rideId),
      joinHub: async (pass, request) => {
        const { socket, response } = upgradeSocket(upgrade, request)
        const after = new URL(request.url).searchParams.get('after')
        hubs.join(socket, pass, after === null ? null : Number(after))
        return response
      },
      tellUser: (userId, events) => hubs.of(userId).tell(events),
      endSessions: (userId, sessionIds) => hubs.of(userId).endSessions(sessionIds),
      hidePresence: (userId, from) => hubs.of(userId).hidePresence(from),
      forgetUser: (userId) => hubs.of(userId).forget(),
      socketIo: (request) => sockets.answer(request),
      passOn: (userIds, frame) => hubs.passOn(userIds, frame),
    },
    metrics,
    objects,
    pictures: sharpPictures(),
    platform: {
      callerAddress: (request) => addresses.get(request) ?? 'unknown',
      keepAlive: (_, work) => {
        const settled = work.catch(() => undefined).finally(() => unfinished.delete(settled))
        unfinished.add(settled)
      },
      drainSoon: async (afterSeconds) => {
        const second = Math.floor(Date.now() / 1000) + afterSeconds
        if (retries.has(second)) return
        const timer = setTimeout(() => {
          retries.delete(second)
          void drain()
        }, afterSeconds * 1000)
        retries.set(second, timer)
      },
      refuseSocket: (problem, request) => {
        const { socket, response } = upgradeSocket(upgrade, request)
        socket.addEventListener('open', () => socket.close(refusalCode(problem.status), problem.code))
        return response
      },
    },
    receive: (request, remoteAddress) => {
      const received = readyForUpgrade(request)
      addresses.set(received, namedByProxy(request, addressHeader) ?? remoteAddress)
      return received
    },
    sweep: async () => {
      rooms.forgetIdle()
      hubs.forgetIdle()
      await sweep()
    },
    hangUp: () => {
      for (const timer of retries.values()) clearTimeout(timer)
      sockets.close()
      rooms.close()
      hubs.close()
    },
    settle: async () => {
      await Promise.all(unfinished)
    },
  }
}

/** Proxies append to what their caller sent, so only the last address is the proxy's own word. */
function namedByProxy(request: Request, header: string | undefined): string | undefined {
  const value = header === undefined ? undefined : request.headers.get(header)
  return value?.split(',').at(-1)?.trim() || undefined
}
