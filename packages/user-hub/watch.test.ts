import { expect, test } from 'vitest'
import { MAX_WATCHERS, PASS_IN_FLIGHT_MS, PRESENCE_GRACE_MS } from './limits.ts'
import { newPerson } from './testing/person.ts'
import { type Device, heard, Town } from './testing/town.ts'

/** Somebody with a device who may watch somebody else, and does. */
async function watching(town = new Town()) {
  const [watcher, watched] = [newPerson(), newPerson()]
  town.watchable?.add(`${watcher.userId}>${watched.userId}`)
  const witness = await town.join(watcher.pass())
  await town.say(witness, { type: 'presence:watch', users: [watched.userId] })
  return { town, watcher, watched, witness }
}

const states = (device: Device) => heard(device, 'presence').map(({ state }) => state)

test('who comes is told at once, who goes only when it lasts, with when they were last there', async () => {
  const { town, watched, witness } = await watching()
  const phone = await town.join(watched.pass())
  const leftAt = town.now
  await town.hangUp(phone)
  await town.pass(PRESENCE_GRACE_MS - 1)
  const again = await town.joinVia('g', watched.pass())
  await town.pass(PRESENCE_GRACE_MS * 2)
  expect(states(witness)).toEqual(['offline', 'online'])
  await town.hangUp(again)
  const goneAt = town.now
  town.evict(watched.userId)
  await town.pass(PRESENCE_GRACE_MS)
  expect(states(witness)).toEqual(['offline', 'online', 'offline'])
  expect(heard(witness, 'presence')[2]?.lastSeenAt).toBe(new Date(goneAt).toISOString())
  expect(goneAt).toBeGreaterThan(leftAt)
})

test('away is who has put every device aside', async () => {
  const { town, watched, witness } = await watching()
  const [phone, tablet] = [await town.join(watched.pass()), await town.joinVia('g', watched.pass())]
  await town.say(phone, { type: 'away', away: true })
  await town.pass(PRESENCE_GRACE_MS)
  expect(states(witness)).toEqual(['offline', 'online'])
  await town.say(tablet, { type: 'away', away: true })
  town.evict(watched.userId)
  await town.pass(PRESENCE_GRACE_MS)
  await town.say(phone, { type: 'away', away: false })
  expect(states(witness)).toEqual(['offline', 'online', 'away', 'online'])
})

test('a machine that was lost with its sockets is noticed, and nobody stays online for ever', async () => {
  const { town, watched, witness } = await watching()
  await town.join(watched.pass({ expiresAt: town.now + 60_000 }))
  town.crash(watched.userId)
  await town.pass(60_000 + PRESENCE_GRACE_MS)
  expect(states(witness)).toEqual(['offline', 'online', 'offline'])
})

test('who may not be watched looks as if never there, and their hub hears nothing of it', async () => {
  const town = new Town()
  const [watcher, stranger] = [newPerson(), newPerson()]
  await town.join(stranger.pass())
  const witness = await town.join(watcher.pass())
  await town.say(witness, { type: 'presence:watch', users: [stranger.userId, watcher.userId] })
  expect(heard(witness, 'presence')).toEqual([
    { type: 'presence', userId: stranger.userId, state: 'offline', lastSeenAt: null },
  ])
  expect([...town.house(stranger.userId).stored.keys()].filter((key) => key.startsWith('watcher/'))).toEqual([])
})

test('a list replaces the one before; who is on none is not told, and is forgotten with the next change', async () => {
  const { town, watcher, watched, witness } = await watching()
  await town.say(witness, { type: 'presence:watch', users: [] })
  const phone = await town.join(watched.pass())
  expect(states(witness)).toEqual(['offline'])
  expect([...town.house(watched.userId).stored.keys()]).toEqual(['hub'])
  await town.say(witness, { type: 'presence:watch', users: [watched.userId] })
  town.evict(watcher.userId)
  town.evict(watched.userId)
  await town.hangUp(phone)
  await town.pass(PRESENCE_GRACE_MS)
  expect(states(witness)).toEqual(['offline', 'online', 'offline'])
})

test('an answer that comes after another list is for what is still wanted', async () => {
  const { town, watcher, watched, witness } = await watching()
  const hub = town.hub(watcher.userId)
  for (const users of [[watched.userId], []]) {
    hub.receive(witness.id, JSON.stringify({ type: 'presence:watch', users }))
  }
  await town.settle()
  await town.join(watched.pass())
  expect(states(witness)).toEqual(['offline'])
})

test('what a lost socket watched does not stay in storage', async () => {
  const { town, watcher } = await watching()
  town.crash(watcher.userId)
  await town.ring(watcher.userId)
  expect([...town.house(watcher.userId).stored.keys()]).toEqual(['hub'])
})

test('only the devices that watch are told', async () => {
  const { town, watcher, watched, witness } = await watching()
  const other = await town.join(watcher.pass())
  await town.join(watched.pass())
  expect([states(witness), states(other)]).toEqual([['offline', 'online'], []])
})

test('an older word that comes late is not told', async () => {
  const { town, watcher, watched, witness } = await watching()
  const hub = town.hub(watcher.userId)
  await hub.hearPresence(watched.userId, { state: 'online', lastSeenAt: null, version: town.now + 2 })
  expect(
    await hub.hearPresence(watched.userId, { state: 'offline', lastSeenAt: null, version: town.now + 1 }),
  ).toBe(true)
  expect(states(witness)).toEqual(['offline', 'online'])
  expect(await hub.hearPresence(newPerson().userId, { state: 'online', lastSeenAt: null, version: 1 })).toBe(
    false,
  )
})

test('who hides is not there any more, and a permission asked before comes too late', async () => {
  const { town, watcher, watched, witness } = await watching()
  await town.join(watched.pass())
  await town.hub(watched.userId).hidePresence('all')
  await town.settle()
  await town.say(witness, { type: 'presence:watch', users: [watched.userId] })
  expect(heard(witness, 'presence').slice(2)).toMatchObject([
    { state: 'offline', lastSeenAt: null },
    { state: 'offline', lastSeenAt: null },
  ])
  await town.pass(PASS_IN_FLIGHT_MS)
  await town.say(witness, { type: 'presence:watch', users: [watched.userId] })
  expect(states(witness).at(-1)).toBe('online')
  await town.hub(watched.userId).hidePresence([newPerson().userId])
  expect(states(witness).at(-1)).toBe('online')
  await town.hub(watched.userId).hidePresence([watcher.userId])
  await town.settle()
  expect(states(witness).at(-1)).toBe('offline')
})

test('a database that does not answer is said so, and asking again helps', async () => {
  const town = new Town()
  const { watched, witness } = await watching(town)
  const { watchable } = town
  town.watchable = null
  await town.say(witness, { type: 'presence:watch', users: [watched.userId] })
  expect(heard(witness, 'error')).toMatchObject([{ code: 'presence_unavailable' }])
  town.watchable = watchable
  await town.join(watched.pass())
  expect(states(witness)).toEqual(['offline'])
  await town.say(witness, { type: 'presence:watch', users: [watched.userId] })
  expect(states(witness)).toEqual(['offline', 'online'])
})

test('one person watches fifty people with all devices, and no more', async () => {
  const town = new Town()
  const { pass } = newPerson()
  const [one, two] = [await town.join(pass()), await town.join(pass())]
  const people = Array.from({ length: 60 }, () => newPerson().userId)
  await town.say(one, { type: 'presence:watch', users: people.slice(0, 40) })
  await town.say(two, { type: 'presence:watch', users: people.slice(30, 51) })
  expect(heard(two, 'error')).toMatchObject([{ code: 'too_many_watched' }])
  await town.say(two, { type: 'presence:watch', users: people.slice(30, 50) })
  expect(heard(two, 'presence')).toHaveLength(20)
  for (let n = 0; n < 20; n++) await town.say(one, { type: 'presence:watch', users: [] })
  expect(heard(one, 'error').at(-1)).toMatchObject({ code: 'rate_limited' })
})

test('a person is watched by so many, and the first makes place', async () => {
  const town = new Town()
  const { userId } = newPerson()
  for (let n = 0; n <= MAX_WATCHERS; n++) await town.hub(userId).watch(`watcher ${n}`)
  const watchers = [...town.house(userId).stored.keys()].filter((key) => key.startsWith('watcher/'))
  expect(watchers).toHaveLength(MAX_WATCHERS)
  expect(watchers).not.toContain('watcher/watcher 0')
})

test('who writes is told to the others, as long as it is not too often; the members are asked for once a minute', async () => {
  const town = new Town()
  const [writer, reader, stranger] = [newPerson(), newPerson(), newPerson()]
  const conversationId = crypto.randomUUID()
  town.conversations.set(conversationId, [writer.userId, reader.userId])
  const [phone, other] = [await town.join(writer.pass()), await town.join(reader.pass())]
  const spy = await town.join(stranger.pass())
  const typing = { type: 'chat:typing', conversationId, typing: true }
  await town.say(spy, typing)
  for (let n = 0; n < 20; n++) await town.say(phone, typing)
  expect(heard(other, 'chat:typing')).toHaveLength(6)
  expect([heard(phone, 'chat:typing'), heard(spy, 'chat:typing'), town.asked]).toEqual([[], [], 2])
  await town.pass(60_000)
  await town.say(phone, typing)
  expect([heard(other, 'chat:typing').length, town.asked]).toEqual([7, 3])
})

test('who stops writing is not heard of before they began, however slow the database is; what waits is bounded', async () => {
  const town = new Town()
  const [writer, reader] = [newPerson(), newPerson()]
  const conversationId = crypto.randomUUID()
  town.conversations.set(conversationId, [writer.userId, reader.userId])
  const other = await town.join(reader.pass())
  const devices = [
    await town.join(writer.pass()),
    await town.join(writer.pass()),
    await town.join(writer.pass()),
  ]
  const first = Promise.withResolvers<void>()
  town.slowly = first.promise
  const hub = town.hub(writer.userId)
  for (const [n, device] of [
    ...devices,
    ...devices,
    ...devices,
    ...devices,
    ...devices,
    ...devices,
  ].entries()) {
    hub.receive(device.id, JSON.stringify({ type: 'chat:typing', conversationId, typing: n % 2 === 0 }))
    await town.settle()
    town.slowly = Promise.resolve()
  }
  first.resolve()
  for (let n = 0; n < 20; n++) await town.settle()
  const told = heard(other, 'chat:typing').map(({ typing }) => typing)
  expect(told).toEqual(Array.from({ length: 16 }, (_, n) => n % 2 === 0))
})
