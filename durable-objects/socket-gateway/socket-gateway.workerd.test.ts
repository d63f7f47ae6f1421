import { runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { engineSettings } from '#packages/socketio/settings.ts'
import { rideEvent } from '#packages/user-hub/testing/person.ts'
import { EngineClient, gateways, openPolling, poll } from '../testing/engine-client.ts'
import { connect, evict, newPerson, newShard, type Person } from '../testing/gateway-person.ts'
import { userHubs } from '../testing/hub-client.ts'
import { rideRooms } from '../testing/live-client.ts'
import { stubDatabase } from '../testing/stub-database.ts'

stubDatabase()

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }))
afterEach(() => void vi.useRealTimers())

const Connected = z.object({ sid: z.string(), pid: z.string() })

const tell = ({ userId }: Person) => userHubs.getByName(userId).tell([rideEvent()])
const { pingInterval, pingTimeout } = engineSettings

const pass = (milliseconds: number) => void vi.setSystemTime(Date.now() + milliseconds)

/** Rings the alarm twice, as the platform may. */
async function ringTwice(shard: string): Promise<void> {
  const object = gateways.getByName(shard)
  expect(await runDurableObjectAlarm(object)).toBe(true)
  await runInDurableObject(object, (instance) => instance.alarm())
}

test('a socket goes on as if nothing was, while its gateway is put to sleep between any two steps', async () => {
  const shard = newShard()
  const [driver, passenger] = [newPerson(), newPerson()]
  const rideId = driver.userId
  const [car, app] = [await EngineClient.open(shard), await EngineClient.open(shard)]
  await evict(shard)
  car.say(connect(driver))
  app.say(connect(passenger))
  for (const client of [car, app]) await client.heard('42["realtime:snapshot"')
  await evict(shard)
  app.say(`421["ride:join","${rideId}"]`)
  await app.heard('431[{"ok":true')
  await evict(shard)
  for (let step = 1; step <= 3; step++) {
    car.say(`42${step}["location:update",{"lat":12.97,"lng":${77 + step / 100},"rideId":"${rideId}"}]`)
    await car.heard(`43${step}[{"ok":true}]`)
    await evict(shard)
    pass(1200)
  }
  await app.until((client) => client.events('location:updated').length > 0)
  expect(await tell(passenger)).toBe(true)
  await evict(shard)
  expect(await tell(passenger)).toBe(true)
  await app.until((client) => client.events('ride:updated').length === 2)
  expect(app.events('ride:updated').map(([, offset]) => offset)).toEqual(['h1', 'h2'])
  expect([car.closed, app.closed]).toEqual([null, null])
})

test('a polling session and its taking over survive sleep between any two steps', async () => {
  const shard = newShard()
  const person = newPerson()
  const sid = await openPolling(shard)
  await evict(shard)
  expect(await (await poll(shard, sid, connect(person))).text()).toBe('ok')
  const heard = await (await poll(shard, sid)).text()
  expect(heard).toContain('40{"sid":')
  await expect.poll(() => tell(person)).toBe(true)
  // It has to wait for the next poll, which is after a sleep.
  await evict(shard)
  const socket = await EngineClient.open(shard, sid)
  await evict(shard)
  socket.say('2probe')
  await socket.heard('3probe')
  await evict(shard)
  const waiting = await (await poll(shard, sid)).text()
  await evict(shard)
  socket.say('5')
  await evict(shard)
  await tell(person)
  await socket.heard('42["ride:updated"')
  expect(`${heard}${waiting}`).toContain('42["ride:updated"')
  expect((await poll(shard, sid)).status).toBe(400)
})

test('an event with attachments is put together over a sleep', async () => {
  const shard = newShard()
  const client = await EngineClient.open(shard)
  client.say(connect(newPerson()))
  await client.heard('42["realtime:snapshot"')
  client.say('452-7["teleport",{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}]')
  await evict(shard)
  client.say(Uint8Array.of(1, 2, 3))
  await evict(shard)
  client.say(Uint8Array.of(4))
  expect(await client.heard('437[')).toContain('unknown_event')
})

test('one alarm pings everybody, and twice does no harm', async () => {
  const shard = newShard()
  const clients = [await EngineClient.open(shard), await EngineClient.open(shard)]
  for (const client of clients) client.say(connect(newPerson()))
  for (const client of clients) await client.heard('42["realtime:snapshot"')
  for (let round = 1; round <= 3; round++) {
    pass(pingInterval)
    await evict(shard)
    await ringTwice(shard)
    for (const client of clients) {
      await client.until(({ frames }) => frames.filter((frame) => frame === '2').length === round)
      client.say('3')
      client.say(`42${round}["teleport"]`)
      await client.heard(`43${round}[`)
    }
  }
  expect(clients.map(({ closed }) => closed)).toEqual([null, null])
})

test('who does not answer is closed with a reason, and their hub and rides learn of it', async () => {
  const shard = newShard()
  const [silent, awake] = [newPerson(), newPerson()]
  const clients = [await EngineClient.open(shard), await EngineClient.open(shard)]
  for (const [n, client] of clients.entries()) {
    client.say(connect(n === 0 ? silent : awake))
    await client.heard('42["realtime:snapshot"')
  }
  pass(pingInterval)
  await ringTwice(shard)
  clients[1]?.say('3')
  await clients[1]?.heard('2')
  clients[1]?.say('421["teleport"]')
  await clients[1]?.heard('431[')
  pass(pingTimeout)
  await evict(shard)
  await ringTwice(shard)
  await clients[0]?.until(({ closed }) => closed !== null)
  expect(clients[0]?.closed).toEqual({ code: 4010, reason: 'ping_timeout' })
  await expect.poll(() => tell(silent)).toBe(false)
  expect(await tell(awake)).toBe(true)
})

test('a clock that steps back ends nobody, and a forgotten session is found out when it asks', async () => {
  const shard = newShard()
  const client = await EngineClient.open(shard)
  client.say(connect(newPerson()))
  await client.heard('42["realtime:snapshot"')
  pass(-3600_000)
  await ringTwice(shard)
  expect(client.closed).toBeNull()
  const sid = await openPolling(shard)
  pass(pingInterval + pingTimeout)
  expect((await poll(shard, sid)).status).toBe(400)
})

test('a socket that goes while its gateway sleeps leaves its hub', async () => {
  const shard = newShard()
  const person = newPerson()
  const client = await EngineClient.open(shard)
  client.say(connect(person))
  await client.heard('42["realtime:snapshot"')
  expect(await tell(person)).toBe(true)
  await evict(shard)
  client.hangUp()
  await expect.poll(() => tell(person)).toBe(false)
})

test('who comes back gets what was missed, on any gateway, even with a token that is too old by then', async () => {
  const person = newPerson()
  const first = await EngineClient.open(newShard())
  first.say(connect(person))
  const connected = await first.heard('40{')
  const { sid, pid } = Connected.parse(JSON.parse(connected.slice(2)))
  await tell(person)
  await first.heard('42["ride:updated"')
  first.say(`421["ride:join","${crypto.randomUUID()}"]`)
  await first.heard('431[{"ok":true')
  first.hangUp()
  await expect.poll(() => tell(person)).toBe(false)

  const second = await EngineClient.open(newShard())
  const token = `${person.userId} ${person.sessionId} expired`
  second.say(`40${JSON.stringify({ token, pid, offset: 'h1' })}`)
  expect(await second.heard('40{')).toBe(`40${JSON.stringify({ sid, pid })}`)
  await second.heard('42["ride:snapshot"')
  expect(second.events('ride:updated').length).toBeGreaterThan(0)
  expect(second.events('ride:updated')[0]?.[1]).toBe('h2')

  const stranger = await EngineClient.open(newShard())
  const unknown = `${'x'.repeat(20)}.${'y'.repeat(20)}`
  stranger.say(`40${JSON.stringify({ token, pid: unknown, offset: 'h1' })}`)
  expect(await stranger.heard('44{')).toContain('"code":"token_expired"')
})

test('rooms and hubs are told which sockets are gone', async () => {
  const gateway = gateways.getByName(newShard())
  const order = { do: 'send' as const, sockets: ['gone'], frame: '{"type":"pong"}' }
  expect(await gateway.take({ ride: crypto.randomUUID() }, [order])).toEqual(['gone'])
  const rideId = crypto.randomUUID()
  expect(await rideRooms.getByName(rideId).sayVia({ gateway: 'nowhere', socket: 'gone' }, [])).toMatchObject({
    known: false,
  })
})
