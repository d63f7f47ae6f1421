import { expect, test } from 'vitest'
import { CHECK_EVERY_MS, MAX_RIDES } from './limits.ts'
import { newPlace, rideId, settled, snapshot, userId } from './testing/place.ts'

const CONNECT = '40{"token":"good"}'
const event = (seq: number) => JSON.stringify({ type: 'ride:updated', id: 'e', seq })
const position = (lng: number) => JSON.stringify({ type: 'position', seq: 1, lat: 12, lng })
const pid = `${'p'.repeat(20)}.${'q'.repeat(20)}`

test('what a hub says before its reply to the joining comes after the greeting', async () => {
  const place = newPlace()
  const reply = Promise.withResolvers<void>()
  place.answers.hubJoins = async () => {
    await reply.promise
    return { frames: [snapshot(6, true), event(6)], rides: [], known: true }
  }
  await place.say(CONNECT)
  expect(place.heard()).toEqual([])
  expect(await place.take({ user: userId }, { do: 'send', sockets: [place.link()], frame: event(7) })).toEqual(
    [],
  )
  reply.resolve()
  await settled()
  const heard = place.heard()
  expect(heard[0]).toMatch(/^40\{"sid"/)
  expect(heard.slice(1)).toEqual([
    expect.stringContaining('42["realtime:snapshot"'),
    '42["ride:updated",{"seq":6,"id":"e"},"h6"]',
    '42["ride:updated",{"seq":7,"id":"e"},"h7"]',
  ])
})

test('a client that comes back shows its pid and where it had come to, and follows its rides again', async () => {
  const place = newPlace()
  place.answers.hubJoins = async () => ({ frames: [snapshot(9, true)], rides: [rideId], known: true })
  await place.say(`40{"token":"good","pid":"${pid}","offset":"h8"}`)
  expect(place.asked[0]).toEqual(['hub joinVia', place.link(), pid, 8])
  const heard = place.heard()
  expect(heard[0]).toBe(`40{"sid":"${'p'.repeat(20)}","pid":"${pid}"}`)
  expect(heard[1]).toMatch(/^42\["realtime:snapshot",.*,"h9"\]$/)
  expect(heard[2]).toContain('42["ride:snapshot"')
  // Its hub knows what rides these are: it is not told again.
  expect(place.asked.map(([what]) => what)).toEqual(['hub joinVia', 'room joinVia'])
})

test('a ride that a client may no longer follow when it comes back is told, and forgotten', async () => {
  const place = newPlace()
  place.answers.hubJoins = async () => ({ frames: [snapshot(9, true)], rides: [rideId], known: true })
  place.answers.roomJoins = async () => ({ closed: 'removed' })
  await place.say(`40{"token":"good","pid":"${pid}","offset":"h8"}`)
  expect(place.heard().at(-1)).toContain('42["ride:closed"')
  expect(place.asked.at(-1)).toEqual(['hub follow'])
})

test.each([
  ['is not known', false, true],
  ['has missed more than is kept', true, false],
])('a client that %s begins anew', async (_, known, resumed) => {
  const place = newPlace()
  place.answers.hubJoins = async () => ({ frames: [snapshot(9, resumed)], rides: [rideId], known })
  await place.say(`40{"token":"good","pid":"${pid}","offset":"h8"}`)
  const [connected] = place.heard()
  expect(connected).toMatch(/^40\{"sid"/)
  expect(connected).not.toContain(pid)
  expect(place.asked.filter(([what]) => what === 'room joinVia')).toEqual([])
})

test('a token that is too old is good for coming back, and for nothing else', async () => {
  const place = newPlace()
  place.answers.isExpired = true
  await place.say(CONNECT)
  await place.say(`40{"token":"good","pid":"${pid}"}`)
  const refusal = '44{"message":"The access token has expired","data":{"code":"token_expired"}}'
  expect(place.heard()).toEqual([refusal, refusal])
  expect(place.asked.at(-1)).toEqual(['hub leaveVia', place.link()])
  place.answers.hubJoins = async () => ({ frames: [snapshot(9, true)], rides: [], known: true })
  await place.say(`40{"token":"good","pid":"${pid}","offset":"h9"}`)
  expect(place.heard()[0]).toContain(pid)
})

test('who leaves while it is let in is taken out again', async () => {
  const place = newPlace()
  const reply = Promise.withResolvers<void>()
  place.answers.hubJoins = async () => {
    await reply.promise
    return { frames: [snapshot()], rides: [], known: false }
  }
  await place.say(CONNECT, '41')
  reply.resolve()
  await settled()
  expect(place.heard()).toEqual([])
  expect(place.asked.at(-1)).toEqual(['hub leaveVia', place.link()])
})

test('events of a client are done one after the other, and are answered in that order', async () => {
  const place = newPlace()
  await place.say(CONNECT)
  place.heard()
  const reply = Promise.withResolvers<void>()
  place.answers.roomJoins = async () => {
    await reply.promise
    return { frames: [snapshot()] }
  }
  await place.say(
    `421["ride:join","${rideId}"]`,
    `422["location:update",{"lat":1,"lng":2,"speed":-1,"rideId":"${rideId}"}]`,
  )
  expect(place.asked.filter(([what]) => what === 'room sayVia')).toEqual([])
  reply.resolve()
  await settled()
  const at = new Date(place.clock.now).toISOString()
  expect(place.asked.at(-1)).toEqual([
    'room sayVia',
    JSON.stringify({ type: 'position', lat: 1, lng: 2, speed: null, at }),
  ])
  expect(
    place
      .heard()
      .filter((frame) => frame.startsWith('43'))
      .map((frame) => frame.slice(0, 3)),
  ).toEqual(['431', '432'])
})

test('a client that asks faster than it can be answered is ended', async () => {
  const place = newPlace()
  await place.say(CONNECT)
  place.answers.roomJoins = () => new Promise(() => undefined)
  await place.say(...Array.from({ length: 70 }, () => `42["ride:join","${rideId}"]`))
  expect(place.wire.closed).toEqual({ code: 4008, reason: 'flood' })
})

test('what a room says is told to its members here, and who is none is reported', async () => {
  const place = newPlace()
  await place.say(CONNECT)
  const order = { do: 'send' as const, sockets: [place.link(), 'gone'], frame: position(77) }
  expect(await place.take({ ride: rideId }, order)).toEqual([place.link(), 'gone'])
  await place.say(`42["ride:join","${rideId}"]`)
  place.heard()
  expect(await place.take({ ride: rideId }, order)).toEqual(['gone'])
  expect(place.heard()).toEqual([`42["location:updated",{"rideId":"${rideId}","seq":1,"lat":12,"lng":77}]`])
})

test('a ride that ends for a client is told, forgotten, and ends nothing else', async () => {
  const place = newPlace()
  await place.say(CONNECT, `42["ride:join","${rideId}"]`)
  place.heard()
  const order = { do: 'close' as const, sockets: [place.link()], reason: 'ride_completed' }
  await place.take({ ride: rideId }, order)
  expect(place.heard()).toEqual([
    `42["ride:closed",{"rideId":"${rideId}","reason":"ride_completed","client":"stop"}]`,
  ])
  expect(place.asked.at(-1)).toEqual(['hub follow'])
  expect(place.wire.closed).toBeNull()
  expect(await place.take({ ride: rideId }, order)).toEqual([place.link()])
})

test('who is closed by the hub hears why, and whether to come back', async () => {
  const place = newPlace()
  await place.say(CONNECT)
  place.heard()
  await place.take({ user: userId }, { do: 'close', sockets: [place.link()], reason: 'session_revoked' })
  expect(place.heard()).toEqual(['42["closing",{"reason":"session_revoked","client":"sign_in"}]', '41'])
  expect(place.wire.closed).toEqual({ code: 4001, reason: 'session_revoked' })
})

test('a hub that has forgotten a client has it come back', async () => {
  const place = newPlace()
  await place.say(CONNECT)
  place.heard()
  place.answers.hubKnows = false
  await place.say('42["ack",{"seq":3}]')
  expect(place.asked.at(-2)).toEqual(['hub sayVia', '{"type":"ack","seq":3}'])
  expect(place.heard()).toEqual(['42["closing",{"reason":"internal","client":"retry"}]'])
  expect(place.wire.closed).toEqual({ code: 1011, reason: 'internal' })
})

test('now and then a client looks whether it is still known, and joins a forgetful room again', async () => {
  const place = newPlace()
  await place.say(CONNECT, `42["ride:join","${rideId}"]`)
  const asked = place.asked.length
  while (place.clock.now % CHECK_EVERY_MS !== 0) place.clock.now += 1
  const started = place.clock.now
  place.answers.roomSays = async () => ({ known: false, orders: [] })
  for (let beats = 0; place.clock.now < started + CHECK_EVERY_MS + 1; beats++) {
    await place.say('3')
    place.clock.now += 25_000
    await place.gateway.beat()
  }
  await settled()
  const words = place.asked.slice(asked).map(([what]) => what)
  expect(words).toEqual(['hub sayVia', 'room sayVia', 'room joinVia'])
})

test('a client follows so many rides and no more', async () => {
  const place = newPlace()
  await place.say(CONNECT)
  const ride = (n: number) => `00000000-0000-4000-8000-0000000001${String(n).padStart(2, '0')}`
  for (let n = 0; n < MAX_RIDES; n++) await place.say(`42${n}["ride:join","${ride(n)}"]`)
  place.heard()
  await place.say(
    `4299["ride:join","${ride(99)}"]`,
    `4298["ride:leave","${ride(0)}"]`,
    `4297["ride:join","${ride(99)}"]`,
  )
  expect(
    place
      .heard()
      .filter((frame) => frame.startsWith('43'))
      .map((frame) => frame.slice(0, 14)),
  ).toEqual(['4399[{"ok":fal', '4398[{"ok":tru', '4397[{"ok":tru'])
})

test('a failure of ours is answered, and told to nobody but us', async () => {
  const place = newPlace()
  await place.say(CONNECT)
  place.heard()
  place.answers.roomJoins = () => Promise.reject(new Error('secret'))
  await place.say(`421["ride:join","${rideId}"]`)
  expect(place.heard()).toEqual([
    '431[{"ok":false,"code":"internal","message":"Something went wrong on our side"}]',
  ])
  expect(place.errors).toEqual([new Error('secret')])
})

test('when a client goes, its hub and its rides are told', async () => {
  const place = newPlace()
  await place.say(CONNECT, `42["ride:join","${rideId}"]`)
  place.gateway.server.engine.lost('g0.sid', place.wire)
  await settled()
  expect(place.asked.slice(-2)).toEqual([
    ['hub leaveVia', place.link()],
    ['room leaveVia', place.link()],
  ])
})
