import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Problem } from '#packages/errors/problem.ts'
import type { GatewayBackend } from '#packages/protocol/gateway-backend.ts'
import type { RideDatabase } from '#packages/ride-room/ride-database.ts'
import { s3Bucket } from '#packages/storage/s3-bucket.ts'
import type { HubPeople } from '#packages/user-hub/surroundings.ts'
import { jsonLog } from '../http/log.ts'
import { type DenoSurroundings, denoHost } from './deno-host.ts'
import { FakeSocket, fakeUpgrade } from './testing/fake-socket.ts'

const context = { executionCtx: { waitUntil: () => undefined } }

const objects = s3Bucket({
  endpoint: 'https://account.r2.cloudflarestorage.com',
  bucket: 'files',
  accessKeyId: 'id',
  secretAccessKey: 'secret',
})

/** Nobody knows anybody. */
const people: HubPeople = {
  watchable: async () => [],
  othersIn: async () => [],
  delivered: async () => undefined,
  takeOffline: async () => undefined,
}

/** No ride is planned, and traces go nowhere. */
const rides: RideDatabase = { loadPlan: async () => null, storeTrace: async () => undefined }

const refused = async (asks: readonly unknown[]) =>
  asks.map(() => ({ refused: { code: 'unauthenticated', message: 'Sign in first' } }))
/** Nobody is let in by Socket.IO. */
const backend: GatewayBackend = {
  admit: refused,
  passToRides: refused,
  call: async () => ({ status: 401, body: '{}' }),
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function host(more: Partial<DenoSurroundings> = {}) {
  const { upgrade } = fakeUpgrade(new FakeSocket())
  const drainOutbox = vi.fn<() => Promise<number>>().mockResolvedValue(0)
  const log = jsonLog(() => undefined)
  const sweep = vi.fn<() => Promise<void>>().mockResolvedValue()
  const surroundings = {
    upgrade,
    log,
    drainOutbox,
    sweep,
    objects,
    people,
    rides,
    backend,
    addressHeader: undefined,
  }
  return { ...denoHost({ ...surroundings, ...more }), drainOutbox }
}

function addressOf(known: ReturnType<typeof host>, headers: Record<string, string>): string {
  return known.platform.callerAddress(known.receive(new Request('http://localhost/', { headers }), '192.0.2.1'))
}

test('the caller is the other end of the connection, whatever the client says', () => {
  const headers = { 'x-forwarded-for': '203.0.113.9', 'cf-connecting-ip': '203.0.113.9' }
  expect(addressOf(host(), headers)).toBe('192.0.2.1')
})

test('behind a trusted proxy the caller is whom the proxy added last', () => {
  const proxied = host({ addressHeader: 'x-forwarded-for' })
  expect(addressOf(proxied, { 'x-forwarded-for': '10.0.0.1, 203.0.113.9' })).toBe('203.0.113.9')
  expect(addressOf(proxied, {})).toBe('192.0.2.1')
})

test('a refused socket closes with the reason as soon as it is open', () => {
  const socket = new FakeSocket()
  const { platform } = host(fakeUpgrade(socket))
  platform.refuseSocket(new Problem('unauthenticated'), new Request('http://localhost/'))
  expect(socket.closed).toBeNull()
  socket.open()
  expect(socket.closed).toEqual({ code: 4001, reason: 'unauthenticated' })
})

test('the end waits for work that was put off, even when it fails', async () => {
  const busy = host()
  const work = Promise.withResolvers<void>()
  busy.platform.keepAlive(context, work.promise)
  busy.platform.keepAlive(context, Promise.reject(new Error('in vain')))
  const settled = vi.fn<() => void>()
  const end = busy.settle().then(settled)
  await vi.advanceTimersByTimeAsync(1)
  expect(settled).not.toHaveBeenCalled()
  work.resolve()
  await end
})

test('however often it is asked for, the outbox is drained once more', async () => {
  const { platform, drainOutbox } = host()
  await Promise.all([platform.drainSoon(31), platform.drainSoon(31)])
  expect(drainOutbox).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(31_000)
  expect(drainOutbox).toHaveBeenCalledTimes(1)
  expect(vi.getTimerCount()).toBe(0)
})

test('a drain that is wanted sooner does not wait for one that is wanted later, nor takes its place', async () => {
  const { platform, drainOutbox } = host()
  await Promise.all([platform.drainSoon(31), platform.drainSoon(6)])
  await vi.advanceTimersByTimeAsync(6_000)
  expect(drainOutbox).toHaveBeenCalledTimes(1)
  await vi.advanceTimersByTimeAsync(25_000)
  expect(drainOutbox).toHaveBeenCalledTimes(2)
})

test('a sweep does the work of the minute, all of it', async () => {
  const sweep = vi.fn<() => Promise<void>>().mockResolvedValue()
  await host({ sweep }).sweep()
  expect(sweep).toHaveBeenCalledTimes(1)
})

test('an outbox that cannot be drained later is logged, and nothing more', async () => {
  const lines: string[] = []
  const drainOutbox = vi.fn<() => Promise<number>>().mockRejectedValue(new Error('the database is down'))
  const { platform } = host({ drainOutbox, log: jsonLog((line) => lines.push(line)) })
  await platform.drainSoon(1)
  await vi.advanceTimersByTimeAsync(1_000)
  expect(drainOutbox).toHaveBeenCalledTimes(1)
  expect(lines.join()).toContain('outbox not drained')
})

test('metrics are there at once', async () => {
  const { metrics } = host()
  metrics.observe('getHealth', 200, 0.01)
  expect(await metrics.expose()).toContain('operation="getHealth",status="200"')
})
