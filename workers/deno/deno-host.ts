import { refusalCode } from '#packages/protocol/refusal-code.ts'
import type { ObjectStore } from '#packages/storage/object-store.ts'
import type { Host } from '../context.ts'
import type { Log } from '../http/log.ts'
import { countRequests } from './count-requests.ts'
import { RideRooms } from './ride-rooms.ts'
import { sharpPictures } from './sharp-pictures.ts'
import { readyForUpgrade, type Upgrade, upgradeSocket } from './upgrade-socket.ts'

export interface DenoSurroundings {
  upgrade: Upgrade
  log: Log
  /** Delivers what waits in the outbox. */
  drainOutbox: () => Promise<unknown>
  /** Does the work of the minute; never rejects. */
  sweep: () => Promise<void>
  /** The bytes of files. */
  objects: ObjectStore
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
  addressHeader,
}: DenoSurroundings): DenoHost {
  const rooms = new RideRooms(log)
  const addresses = new WeakMap<Request, string>()
  const unfinished = new Set<Promise<unknown>>()
  let retry: ReturnType<typeof setTimeout> | undefined

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
    },
    metrics: countRequests(),
    objects,
    pictures: sharpPictures(),
    platform: {
      callerAddress: (request) => addresses.get(request) ?? 'unknown',
      keepAlive: (_, work) => {
        const settled = work.catch(() => undefined).finally(() => unfinished.delete(settled))
        unfinished.add(settled)
      },
      drainSoon: async (afterSeconds) => {
        retry ??= setTimeout(() => {
          retry = undefined
          void drain()
        }, afterSeconds * 1000)
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
      await sweep()
    },
    hangUp: () => {
      if (retry !== undefined) clearTimeout(retry)
      rooms.close()
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
