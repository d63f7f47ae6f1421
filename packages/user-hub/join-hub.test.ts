import { expect, test } from 'vitest'
import { MAX_RECOVERABLE, MAX_SOCKETS_PER_USER, PASS_IN_FLIGHT_MS, RECOVERABLE_MS } from './limits.ts'
import { newPerson, numbers, rideEvent } from './testing/person.ts'
import { Town } from './testing/town.ts'

test.each([
  ['of somebody else', () => newPerson().userId, undefined, 'unauthenticated'],
  ['that has run out', undefined, 0, 'pass_expired'],
])('a pass %s is refused, on a socket and through a gateway', async (_, other, expiresIn, reason) => {
  const town = new Town()
  const { userId, pass } = newPerson()
  const expiry = expiresIn === undefined ? {} : { expiresAt: town.now + expiresIn }
  const wrong = pass({ ...expiry, ...(other && { userId: other() }) })
  const link = { gateway: 'g', socket: 's' }
  expect(await town.hub(userId).joinVia(link, wrong, null)).toEqual({ closed: reason })
  expect(await town.hub(userId).sayVia(link, ['{}'])).toBe(false)
  if (other) return
  const device = await town.join(wrong)
  expect([device.closed, device.frames]).toEqual([reason, []])
})

test('of too many connections the oldest makes place, wherever it is', async () => {
  const town = new Town()
  const { pass } = newPerson()
  const [oldest, second] = [await town.joinVia('g', pass()), await town.join(pass())]
  for (let n = 0; n < MAX_SOCKETS_PER_USER - 1; n++) await town.join(pass())
  expect([oldest.closed, second.closed]).toEqual(['replaced', null])
  await town.joinVia('g', pass())
  expect(second.closed).toBe('replaced')
})

test('a session that ends closes its connections, keeps its passes out for a while, and no other', async () => {
  const town = new Town()
  const { userId, pass } = newPerson()
  const [mine, other] = [pass(), pass()]
  const devices = [await town.join(mine), await town.joinVia('g', mine), await town.join(other)]
  await town.hub(userId).endSessions([mine.sessionId])
  await town.settle()
  expect(devices.map(({ closed }) => closed)).toEqual(['session_revoked', 'session_revoked', null])
  town.evict(userId)
  expect((await town.join(mine)).closed).toBe('session_revoked')
  await town.pass(PASS_IN_FLIGHT_MS)
  expect((await town.join(mine)).closed).toBeNull()
})

test('a connection ends with its pass, and hears nothing in between', async () => {
  const town = new Town()
  const { userId, pass } = newPerson()
  const short = await town.join(pass({ expiresAt: town.now + 1000 }))
  const lasting = await town.joinVia('g', pass())
  town.now += 1000
  await town.hub(userId).tell([rideEvent()])
  expect(numbers(short.frames)).toEqual([])
  await town.ring(userId)
  await town.ring(userId)
  expect([short.closed, lasting.closed]).toEqual(['pass_expired', null])
})

test('a session goes on from what any of its connections acknowledged, even when its last one was lost', async () => {
  const town = new Town()
  const { userId, pass } = newPerson()
  const mine = pass()
  const [first, second] = [await town.join(mine), await town.joinVia('g', mine)]
  await town.hub(userId).tell([rideEvent(), rideEvent(), rideEvent()])
  await town.settle()
  await town.say(first, { type: 'ack', seq: 1 })
  await town.say(second, { type: 'ack', seq: 2 })
  await town.say(second, { type: 'ack', seq: 9 })
  expect(numbers((await town.join(mine)).frames)).toEqual([3])
  await town.hangUp(second)
  town.crash(userId)
  expect(numbers((await town.join(mine)).frames)).toEqual([3])
  expect(numbers((await town.join(pass())).frames)).toEqual([])
})

test('a Socket.IO client that comes back finds the rides it followed, and its socket is known after sleep', async () => {
  const town = new Town()
  const { userId, pass } = newPerson()
  const mine = pass({ pid: 'p1' })
  const first = await town.joinVia('g1', mine)
  const rides = [crypto.randomUUID(), crypto.randomUUID()]
  await town.hub(userId).follow('p1', [...rides, ...rides])
  await town.hub(userId).follow('unknown', rides)
  town.evict(userId)
  await town.hub(userId).tell([rideEvent()])
  await town.settle()
  expect(numbers(first.frames)).toEqual([1])
  await town.hangUp(first)
  await town.hub(userId).tell([rideEvent()])
  await town.pass(RECOVERABLE_MS - 1)
  const again = await town.joinVia('g2', mine, 1)
  expect(again.rides).toEqual(rides)
  expect(numbers(again.frames)).toEqual([2])
  await town.hangUp(again)
  await town.pass(RECOVERABLE_MS)
  expect((await town.joinVia('g2', mine)).rides).toEqual([])
  expect((await town.joinVia('g2', pass({ pid: 'unknown' }))).rides).toEqual([])
})

test('a gateway that cannot be reached is dropped, and nobody waits for it', async () => {
  const town = new Town()
  const { userId, pass } = newPerson()
  const [lost, kept] = [await town.joinVia('g1', pass()), await town.joinVia('g2', pass())]
  town.lostGateways.add('g1')
  const native = await town.join(pass())
  await town.hub(userId).tell([rideEvent()])
  await town.settle()
  expect([lost, kept, native].map(({ frames }) => numbers(frames).length)).toEqual([0, 1, 1])
  expect(town.reports).toEqual(['gateway lost'])
  const [gateway = '', socket = ''] = lost.id.split('/')
  expect(await town.hub(userId).sayVia({ gateway, socket }, ['{"type":"ping"}'])).toBe(false)
})

test('a socket that its gateway no longer has leaves, and one that joins again begins anew', async () => {
  const town = new Town()
  const { userId, pass } = newPerson()
  const friend = newPerson()
  town.watchable?.add(`${userId}>${friend.userId}`)
  const [mine, link] = [pass(), { gateway: 'g', socket: 's' }]
  await town.hub(userId).joinVia(link, mine, null)
  await town.hub(userId).sayVia(link, [JSON.stringify({ type: 'presence:watch', users: [friend.userId] })])
  town.evict(userId)
  await town.hub(userId).joinVia(link, mine, null)
  town.evict(userId)
  expect(
    await town.hub(userId).hearPresence(friend.userId, { state: 'online', lastSeenAt: null, version: 1 }),
  ).toBe(false)
  await town.hub(userId).tell([rideEvent()])
  await town.settle()
  expect(await town.hub(userId).sayVia(link, ['{"type":"ping"}'])).toBe(false)
})

test('of the clients that may come back only the last ones are kept', async () => {
  const town = new Town()
  const { userId, pass } = newPerson()
  for (let n = 0; n <= MAX_RECOVERABLE; n++) {
    await town.hangUp(await town.joinVia('g', pass({ pid: `p${n}` })))
    await town.hub(userId).follow(`p${n}`, [userId])
  }
  await town.hangUp(await town.joinVia('g', pass({ pid: 'one more' })))
  expect((await town.joinVia('g', pass({ pid: 'p2' }))).rides).toEqual([userId])
  expect((await town.joinVia('g', pass({ pid: 'p0' }))).rides).toEqual([])
})

test('an account that is gone closes and forgets everything, and keeps late passes out', async () => {
  const town = new Town()
  const { userId, pass } = newPerson()
  const mine = pass({ pid: 'p1' })
  const devices = [await town.join(pass()), await town.joinVia('g', mine)]
  await town.hub(userId).tell([rideEvent()])
  await town.hub(userId).forget()
  await town.settle()
  expect(devices.map(({ closed }) => closed)).toEqual(['session_revoked', 'session_revoked'])
  town.evict(userId)
  expect([...town.house(userId).stored.keys()]).toEqual(['hub'])
  expect(town.house(userId).log.after(0)).toEqual([])
  expect((await town.joinVia('g', mine)).closed).toBe('session_revoked')
})
