import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { HubPass } from '#packages/protocol/hub-pass.ts'
import { DRIVER_GONE_MS, EVENTS_KEPT_MS, PRESENCE_GRACE_MS, TRIM_MS } from '#packages/user-hub/limits.ts'
import { chatEvent, deletedEvent, newPerson, numbers, rideEvent } from '#packages/user-hub/testing/person.ts'
import { HubClient, userHubs } from '../testing/hub-client.ts'
import { stubDatabase } from '../testing/stub-database.ts'
import { reachUserHub } from './reach-user-hub.ts'

const database = stubDatabase()

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }))
afterEach(() => void vi.useRealTimers())

const hub = (pass: HubPass) => reachUserHub(userHubs, pass.userId)
const evict = (pass: HubPass) => evictDurableObject(userHubs.getByName(pass.userId))
const newPass = (more: Partial<HubPass> = {}) => newPerson().pass({ expiresAt: Date.now() + 3600_000, ...more })
const upTo = (count: number) => Array.from({ length: count }, (_, n) => n + 1)

/** Rings the alarm twice, as the platform may. */
async function ringTwice({ userId }: HubPass): Promise<void> {
  const object = userHubs.getByName(userId)
  expect(await runDurableObjectAlarm(object)).toBe(true)
  await runInDurableObject(object, (instance) => instance.alarm())
}

test('two devices hear everything once and in order, while the object is put to sleep between any two steps', async () => {
  const pass = newPass()
  const first = await HubClient.join(pass)
  await evict(pass)
  const second = await HubClient.join({ ...pass, sessionId: crypto.randomUUID() })
  for (let n = 1; n <= 12; n++) {
    if (n % 3 !== 0) await evict(pass)
    const event = rideEvent()
    expect(await hub(pass).tell([event])).toBe(true)
    if (n % 2 === 0) await evict(pass)
    await hub(pass).tell([event])
  }
  for (const device of [first, second]) {
    await device.until(({ frames }) => numbers(frames).length === 12)
    expect(numbers(device.frames)).toEqual(upTo(12))
    expect(device.frames[0]).toMatchObject({ type: 'snapshot', seq: 0, resumed: false })
  }
})

test('who comes back hears what was missed: after a number, or after what the session acknowledged', async () => {
  const pass = newPass()
  const device = await HubClient.join(pass)
  await hub(pass).tell([rideEvent(), rideEvent(), rideEvent()])
  await device.until(({ frames }) => numbers(frames).length === 3)
  device.say({ type: 'ack', seq: 2 })
  device.say({ type: 'presence:watch', users: [] })
  device.say({ type: 'away', away: false })
  await evict(pass)
  device.hangUp()
  await device.until(({ closed }) => closed !== null)
  await evict(pass)
  expect(await hub(pass).tell([rideEvent()])).toBe(false)
  await evict(pass)
  const again = await HubClient.join(pass)
  await again.until(({ frames }) => frames.length === 3)
  expect(again.frames[0]).toMatchObject({ type: 'snapshot', seq: 4, resumed: true })
  expect(numbers(again.frames)).toEqual([3, 4])
  const asked = await HubClient.join(pass, 1)
  await asked.until(({ frames }) => frames.length === 4)
  expect(numbers(asked.frames)).toEqual([2, 3, 4])
  const stranger = await HubClient.join({ ...pass, sessionId: crypto.randomUUID() }, 99)
  await stranger.until(({ frames }) => frames.length === 1)
  expect(stranger.frames).toMatchObject([{ type: 'snapshot', resumed: false }])
})

test('a lost machine loses no event, and repeats no number', async () => {
  const pass = newPass()
  const device = await HubClient.join(pass)
  await hub(pass).tell([rideEvent()])
  await evictDurableObject(userHubs.getByName(pass.userId), { webSockets: 'close' })
  await device.until(({ closed }) => closed !== null)
  await hub(pass).tell([rideEvent()])
  const again = await HubClient.join(pass, 0)
  await again.until(({ frames }) => frames.length === 3)
  expect(numbers(again.frames)).toEqual([1, 2])
})

test('a session that is signed out closes at once, sleeping or not, and its pass in flight is late', async () => {
  const pass = newPass()
  const other = { ...pass, sessionId: crypto.randomUUID() }
  const [leaving, staying] = [await HubClient.join(pass), await HubClient.join(other)]
  await evict(pass)
  await hub(pass).endSessions([pass.sessionId])
  await hub(pass).endSessions([pass.sessionId])
  await leaving.until(({ closed }) => closed !== null)
  expect(leaving.closed).toEqual({ code: 4001, reason: 'session_revoked' })
  await evict(pass)
  const late = await HubClient.join(pass)
  await late.until(({ closed }) => closed !== null)
  expect(late).toMatchObject({ frames: [], closed: { reason: 'session_revoked' } })
  expect(staying.closed).toBeNull()
})

test('a pass that runs out closes its socket at the alarm, which may ring twice', async () => {
  const pass = newPass({ expiresAt: Date.now() + 5000 })
  const device = await HubClient.join(pass)
  vi.setSystemTime(Date.now() + 5000)
  await evict(pass)
  await ringTwice(pass)
  await device.until(({ closed }) => closed !== null)
  expect(device.closed).toEqual({ code: 4001, reason: 'pass_expired' })
})

test('old events are forgotten by an alarm, and numbers go on', async () => {
  const pass = newPass({ expiresAt: Date.now() + 10 * EVENTS_KEPT_MS })
  await hub(pass).tell([rideEvent(), rideEvent()])
  vi.setSystemTime(Date.now() + EVENTS_KEPT_MS + TRIM_MS)
  await evict(pass)
  await ringTwice(pass)
  await evict(pass)
  await hub(pass).tell([rideEvent()])
  const device = await HubClient.join(pass, 0)
  await device.until(({ frames }) => frames.length > 0)
  expect(device.frames).toMatchObject([{ seq: 3, resumed: false }])
  const known = await HubClient.join(pass, 2)
  await known.until(({ frames }) => frames.length === 2)
  expect(numbers(known.frames)).toEqual([3])
})

test('a message that was deleted is not told to who comes back', async () => {
  const pass = newPass()
  const said = chatEvent()
  await hub(pass).tell([said])
  await evict(pass)
  await hub(pass).tell([deletedEvent(said.message.id)])
  const device = await HubClient.join(pass, 0)
  await device.until(({ frames }) => frames.length === 2)
  expect(device.frames.map(({ type }) => type)).toEqual(['snapshot', 'chat:deleted'])
  expect(await hub(pass).tell([said])).toBe(true)
  expect(numbers(device.frames)).toEqual([2])
})

test('presence: watched, damped, and the same after any sleep', async () => {
  const [watcher, watched] = [newPass(), newPass()]
  database.allow(watched.userId)
  const witness = await HubClient.join(watcher)
  await evict(watcher)
  witness.say({ type: 'presence:watch', users: [watched.userId] })
  await witness.until((client) => client.heard('presence').length === 1)
  await evict(watcher)
  await evict(watched)
  const device = await HubClient.join(watched)
  await witness.until((client) => client.heard('presence').length === 2)
  await evict(watched)
  device.hangUp()
  await device.until(({ closed }) => closed !== null)
  // Back within the grace: nobody hears of it.
  vi.setSystemTime(Date.now() + 5000)
  await evict(watched)
  const again = await HubClient.join(watched)
  await again.until(({ frames }) => frames.length > 0)
  again.say({ type: 'away', away: true })
  again.say('{"type":"ping"} ')
  await again.until((client) => client.heard('pong').length === 1)
  vi.setSystemTime(Date.now() + 10_000)
  await evict(watched)
  await ringTwice(watched)
  await witness.until((client) => client.heard('presence').length === 3)
  await userHubs.getByName(watched.userId).hidePresence('all')
  await witness.until((client) => client.heard('presence').length === 4)
  expect(witness.heard('presence').map(({ state }) => state)).toEqual(['offline', 'online', 'away', 'offline'])
  expect(witness.heard('presence')[3]?.lastSeenAt).toBeNull()
})

test('who may not be watched is not there, and a database that does not answer is said so', async () => {
  const [watcher, stranger] = [newPass(), newPass()]
  const witness = await HubClient.join(watcher)
  await HubClient.join(stranger)
  witness.say({ type: 'presence:watch', users: [stranger.userId] })
  await witness.until((client) => client.heard('presence').length === 1)
  expect(witness.heard('presence')).toMatchObject([{ state: 'offline', lastSeenAt: null }])
  database.fail(true)
  witness.say({ type: 'presence:watch', users: [stranger.userId] })
  await witness.until((client) => client.heard('error').length === 1)
  database.fail(false)
  expect(witness.heard('error')).toMatchObject([{ code: 'presence_unavailable' }])
})

test('a driver whose devices stay away is taken offline, once, also after sleep', async () => {
  const pass = newPass({ drives: true })
  const device = await HubClient.join(pass)
  const leftAt = Date.now()
  device.hangUp()
  await device.until(({ closed }) => closed !== null)
  await vi.waitFor(async () => {
    const due = await runInDurableObject(userHubs.getByName(pass.userId), (_, state) =>
      state.storage.getAlarm(),
    )
    expect(due).toBe(leftAt + PRESENCE_GRACE_MS)
  })
  vi.setSystemTime(Date.now() + DRIVER_GONE_MS)
  await evict(pass)
  await ringTwice(pass)
  await vi.waitFor(() => expect(database.writes('update drivers')).toBe(1))
})

test('an account that is gone leaves nothing but what keeps late passes out', async () => {
  const pass = newPass()
  const device = await HubClient.join(pass)
  await hub(pass).tell([rideEvent()])
  await hub(pass).forget()
  await device.until(({ closed }) => closed !== null)
  await evict(pass)
  const [keys, events] = await runInDurableObject(userHubs.getByName(pass.userId), (_, { storage }) => [
    [...storage.kv.list()].map(([key]) => key),
    [...storage.sql.exec('select * from events')].length,
  ])
  expect([keys, events]).toEqual([['hub'], 0])
  const late = await HubClient.join(pass)
  await late.until(({ closed }) => closed !== null)
  expect(late.closed?.reason).toBe('session_revoked')
})

test('a socket of a gateway is still known after sleep, and its client finds the rides it followed', async () => {
  const pass = newPass({ pid: 'p1' })
  const link = { gateway: 'g1', socket: 's1' }
  const hubOfGateway = hub(pass)
  const joined = await hubOfGateway.joinVia(link, pass, null)
  expect(joined).toMatchObject({ frames: [expect.stringContaining('snapshot')], rides: [] })
  await evict(pass)
  const ride = crypto.randomUUID()
  await hubOfGateway.follow('p1', [ride])
  await evict(pass)
  expect(await hubOfGateway.sayVia(link, ['{"type":"ack","seq":0}'])).toBe(true)
  await hubOfGateway.leaveVia(link)
  await evict(pass)
  expect(await hubOfGateway.sayVia(link, ['{"type":"ack","seq":0}'])).toBe(false)
  await hub(pass).tell([rideEvent()])
  const back = await hubOfGateway.joinVia({ gateway: 'g2', socket: 's9' }, pass, 0)
  expect(back).toMatchObject({
    rides: [ride],
    frames: [expect.any(String), expect.stringContaining('"seq":1')],
  })
  expect(await hubOfGateway.joinVia(link, { ...pass, userId: crypto.randomUUID() }, null)).toEqual({
    closed: 'unauthenticated',
  })
})
