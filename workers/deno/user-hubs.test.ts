import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { DRIVER_GONE_MS, PRESENCE_GRACE_MS } from '#packages/user-hub/limits.ts'
import { newPerson, rideEvent } from '#packages/user-hub/testing/person.ts'
import { jsonLog } from '../http/log.ts'
import { FakeSocket } from './testing/fake-socket.ts'
import { UserHubs } from './user-hubs.ts'

const HOUR_MS = 3600_000

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function openHubs(watchable: readonly string[] = []) {
  const lines: string[] = []
  const takeOffline = vi.fn<() => Promise<void>>().mockResolvedValue()
  const people = {
    watchable: async (_: string, users: readonly string[]) => users.filter((id) => watchable.includes(id)),
    othersIn: async () => [],
    delivered: async () => undefined,
    takeOffline,
  }
  const gateway = () => ({ take: () => Promise.reject(new Error('no gateway')) })
  return {
    hubs: new UserHubs({ log: jsonLog((line) => lines.push(line)), people, gateway }),
    lines,
    takeOffline,
  }
}

function connect(
  hubs: UserHubs,
  pass: ReturnType<ReturnType<typeof newPerson>['pass']>,
  after: number | null = null,
) {
  const socket = new FakeSocket()
  hubs.join(socket.asRoomSocket(), pass, after)
  socket.open()
  return socket
}

test('every device hears an event once, and who comes back what was missed', async () => {
  const { hubs } = openHubs()
  const { userId, pass } = newPerson()
  const [phone, tablet] = [connect(hubs, pass()), connect(hubs, pass())]
  const event = rideEvent()
  expect(await hubs.of(userId).tell([event])).toBe(true)
  await hubs.of(userId).tell([event])
  for (const device of [phone, tablet]) expect(device.heard('ride:updated')).toMatchObject([{ id: event.id }])
  const { seq } = Object(phone.heard('ride:updated')[0])
  const back = connect(hubs, pass(), seq - 1)
  expect(back.sent).toMatchObject([{ type: 'snapshot', seq, resumed: true }, { seq }])
})

test('a socket is in its hub when it is open, not before; a session that ends closes it', async () => {
  const { hubs } = openHubs()
  const { userId, pass } = newPerson()
  const mine = pass()
  const early = new FakeSocket()
  hubs.join(early.asRoomSocket(), mine, null)
  expect(early.sent).toEqual([])
  early.open()
  const other = connect(hubs, pass())
  await hubs.of(userId).endSessions([mine.sessionId])
  expect([early.closed, other.closed]).toEqual([{ code: 4001, reason: 'session_revoked' }, null])
})

test('presence goes from hub to hub in the process, and timers do what alarms do', async () => {
  const [watcher, driver] = [newPerson(), newPerson()]
  const { hubs, takeOffline } = openHubs([driver.userId])
  const witness = connect(hubs, watcher.pass())
  witness.say({ type: 'presence:watch', users: [driver.userId] })
  await vi.advanceTimersByTimeAsync(0)
  const phone = connect(hubs, driver.pass({ drives: true }))
  await vi.advanceTimersByTimeAsync(0)
  phone.hangUp()
  await vi.advanceTimersByTimeAsync(PRESENCE_GRACE_MS)
  expect(witness.heard('presence').map((frame) => Object(frame).state)).toEqual([
    'offline',
    'online',
    'offline',
  ])
  await vi.advanceTimersByTimeAsync(DRIVER_GONE_MS)
  expect(takeOffline).toHaveBeenCalledTimes(1)
})

test('a hub is kept while somebody may come back, then forgotten; its numbers are never given again', async () => {
  const { hubs } = openHubs()
  const { userId, pass } = newPerson()
  const phone = connect(hubs, pass())
  await hubs.of(userId).tell([rideEvent()])
  const { seq } = Object(phone.heard('ride:updated')[0])
  await vi.advanceTimersByTimeAsync(2 * HOUR_MS)
  hubs.forgetIdle()
  expect([hubs.size, phone.closed]).toEqual([1, null])
  phone.hangUp()
  await vi.advanceTimersByTimeAsync(HOUR_MS / 2)
  hubs.forgetIdle()
  expect(hubs.size).toBe(1)
  await vi.advanceTimersByTimeAsync(HOUR_MS)
  hubs.forgetIdle()
  expect(hubs.size).toBe(0)
  const back = connect(hubs, pass(), seq)
  expect(back.sent).toMatchObject([{ type: 'snapshot', resumed: false }])
  await hubs.of(userId).tell([rideEvent()])
  expect(Object(back.heard('ride:updated')[0]).seq).toBeGreaterThan(seq)
})

test('an error costs one socket, is logged, and nobody else', () => {
  const { hubs, lines } = openHubs()
  const { pass } = newPerson()
  const [broken, whole] = [connect(hubs, pass()), connect(hubs, pass())]
  broken.send = () => {
    throw new Error('broken pipe')
  }
  broken.say({ type: 'ping' })
  expect(broken.closed).toEqual({ code: 1011, reason: 'internal' })
  expect(lines.join('\n')).toContain('turn failed')
  whole.say({ type: 'ping' })
  expect(whole.heard('pong')).toHaveLength(1)
})

test('the end closes every socket', () => {
  const { hubs } = openHubs()
  const sockets = [connect(hubs, newPerson().pass()), connect(hubs, newPerson().pass())]
  hubs.close()
  expect(sockets.map(({ closed }) => closed?.reason)).toEqual(['internal', 'internal'])
  expect(hubs.size).toBe(0)
})
