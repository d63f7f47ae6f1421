import { expect, test } from 'vitest'
import type { Said } from '#packages/protocol/gateway-link.ts'
import { MAX_HOLD_MS } from './limits.ts'
import { newPlace, rideId, settled, userId } from './testing/place.ts'

const CONNECT = '40{"token":"good"}'
const JOIN = `420["ride:join","${rideId}"]`
const update = (lng: number, id: number | '' = '') =>
  `42${id}["location:update",{"lat":12,"lng":${lng},"rideId":"${rideId}"}]`
const position = (seq: number) => JSON.stringify({ type: 'position', seq, lat: 12, lng: seq })

/** A driver who has joined the ride; nothing of that is left to be heard. */
async function onRide() {
  const place = newPlace()
  await place.say(CONNECT, JOIN)
  place.heard()
  place.asked.length = 0
  const said = () =>
    place.asked
      .filter(([what]) => what === 'room sayVia')
      .map(([, ...frames]) => frames.map((frame) => Number(/"lng":(\d+)/.exec(String(frame))?.[1])))
  const answered = () => place.heard().filter((frame) => frame.startsWith('43'))
  return { ...place, said, answered }
}

test('the first position goes at once, those that follow together, by the timer at the latest', async () => {
  const place = await onRide()
  await place.say(update(1), update(2), update(3))
  expect(place.said()).toEqual([[1]])
  await place.pass(MAX_HOLD_MS)
  expect(place.said()).toEqual([[1], [2, 3]])
  expect(place.asides).toEqual([{}, { waited: MAX_HOLD_MS }])
  await place.pass(5000)
  expect(place.said()).toHaveLength(2)
  // Nothing is held any more, so nothing keeps the gateway awake.
  expect(place.timers).toEqual([])
  await place.say(update(4))
  expect(place.said()).toEqual([[1], [2, 3], [4]])
})

test('a position is acknowledged when its room has it, and not before', async () => {
  const place = await onRide()
  await place.say(update(1, 1), update(2, 2))
  expect(place.answered()).toEqual(['431[{"ok":true}]'])
  const reply = Promise.withResolvers<Said>()
  place.answers.roomSays = () => reply.promise
  await place.pass(MAX_HOLD_MS)
  expect(place.said()).toEqual([[1], [2]])
  expect(place.answered()).toEqual([])
  reply.resolve({ known: true, orders: [] })
  await settled()
  expect(place.answered()).toEqual(['432[{"ok":true}]'])
})

test('each position that a room refuses is refused, and one that is none at once', async () => {
  const place = await onRide()
  place.answers.roomSays = async () => ({ known: false, orders: [] })
  place.answers.roomJoins = async () => ({ closed: 'removed' })
  await place.say(update(1, 1), update(2, 2), update(3))
  await place.pass(MAX_HOLD_MS)
  const heard = place.heard()
  expect(heard.slice(0, 2).map((frame) => frame.slice(0, 41))).toEqual([
    '431[{"ok":false,"code":"not_on_ride","mes',
    '432[{"ok":false,"code":"not_on_ride","mes',
  ])
  expect(heard[2]).toContain('"refused",{"event":"location:update","code":"not_on_ride"')
  await place.say('429["location:update",{"lat":91}]')
  expect(place.answered()[0]).toContain('"code":"invalid_event"')
})

test('a room that cannot be reached is answered for too', async () => {
  const place = await onRide()
  place.answers.roomSays = () => Promise.reject(new Error('secret'))
  await place.say(update(1, 1), update(2, 2))
  await place.pass(MAX_HOLD_MS)
  expect(place.answered()).toEqual(
    ['431', '432'].map(
      (id) => `${id}[{"ok":false,"code":"internal","message":"Something went wrong on our side"}]`,
    ),
  )
  expect(place.errors).toEqual([new Error('secret'), new Error('secret')])
})

test('whatever else the client says comes after the positions that it said before, and before those after', async () => {
  const place = await onRide()
  const hello = `["chat:message",{"conversationId":"${userId}","message":"Hello"}]`
  await place.say(update(1), update(2), `425${hello}`, update(3))
  expect(place.said()).toEqual([[1], [2]])
  expect(place.asked.map(([what]) => what)).toEqual(['room sayVia', 'room sayVia', 'call'])
  await place.pass(MAX_HOLD_MS)
  expect(place.asked.slice(3).map(([what]) => what)).toEqual(['room sayVia'])
  expect(place.said().at(-1)).toEqual([3])
})

test('who leaves the ride, or breaks off, has said what they said before', async () => {
  const place = await onRide()
  await place.say(update(1), update(2), `427["ride:leave","${rideId}"]`)
  expect(place.asked.map(([what]) => what)).toEqual([
    'room sayVia',
    'room sayVia',
    'hub follow',
    'room leaveVia',
  ])
  await place.say(JOIN)
  await place.pass(5000)
  place.asked.length = 0
  await place.say(update(3), update(4))
  place.gateway.server.engine.lost('g0.sid', place.wire)
  await settled()
  expect(place.asked.map(([what]) => what)).toEqual([
    'room sayVia',
    'hub leaveVia',
    'room sayVia',
    'room leaveVia',
  ])
  expect(place.said()).toEqual([[3], [4]])
  await place.pass(5000)
  expect(place.asked).toHaveLength(4)
})

test('a ride that ends while positions are held is said to have ended', async () => {
  const place = await onRide()
  await place.say(update(1), update(2, 2))
  await place.take({ ride: rideId }, { do: 'close', sockets: [place.memberLink()], reason: 'ride_completed' })
  place.answers.roomJoins = async () => ({ closed: 'removed' })
  await place.pass(MAX_HOLD_MS)
  expect(place.answered()[0]).toContain('"ok":false')
  expect(place.said()).toEqual([[1]])
})

test('what a room has to say to others here comes with its reply', async () => {
  const place = await onRide()
  const order = { sockets: [place.memberLink(), 'gone'], frame: position(7) }
  place.answers.roomSays = async () => ({ known: true, orders: [order] })
  await place.say(update(1))
  expect(place.heard()).toEqual([`42["location:updated",{"rideId":"${rideId}","seq":7,"lat":12,"lng":7}]`])
  place.answers.roomSays = async () => ({ known: true, orders: [] })
  await place.pass(2000)
  await place.say(update(2))
  await place.pass(2000)
  await place.say(update(3))
  // It hears once who is gone.
  expect(place.asides).toEqual([{}, { gone: ['gone'] }, {}])
})

test('a list of sockets is told once and then named; a name that nobody told stands for nobody', async () => {
  const place = await onRide()
  const sockets = [place.memberLink(), place.memberLink()]
  const replies = [
    { frame: position(7), sockets, list: 'first' },
    { frame: position(8), list: 'first' },
    { frame: position(9), list: 'unheard of' },
    { frame: position(10), sockets: [place.memberLink()] },
  ]
  for (const [index, reply] of replies.entries()) {
    place.answers.roomSays = async () => ({ known: true, orders: [reply] })
    await place.say(update(index + 1))
    await place.pass(2000)
  }
  const seqs = place.heard().map((frame) => Number(/"seq":(\d+)/.exec(frame)?.[1]))
  expect(seqs).toEqual([7, 7, 8, 8, 10])
  expect(place.asides).toEqual([{}, { knows: 'first' }, { knows: 'first' }, { knows: 'first' }])
})

test('who is found gone by a reply is told of when the last one leaves', async () => {
  const place = await onRide()
  const order = { sockets: ['gone'], frame: position(7) }
  place.answers.roomSays = async () => ({ known: true, orders: [order] })
  await place.say(update(1), `427["ride:leave","${rideId}"]`)
  expect(place.asked.at(-1)).toEqual(['room leaveVia', place.memberLink(), 'gone'])
})

test('of a reply and a call that overtake each other the newer position is told, and only forward', async () => {
  const place = await onRide()
  const order = (seq: number) => ({ do: 'send' as const, sockets: [place.memberLink()], frame: position(seq) })
  const reply = Promise.withResolvers<Said>()
  place.answers.roomSays = () => reply.promise
  await place.say(update(1))
  expect(await place.take({ ride: rideId }, order(9))).toEqual([])
  const event = JSON.stringify({ type: 'ride', seq: 8, status: 'started', at: '' })
  reply.resolve({ known: true, orders: [order(7), { ...order(0), frame: event }] })
  await settled()
  await place.take({ ride: rideId }, order(10))
  expect(place.heard().map((frame) => frame.replace(/"rideId":"[^"]*",/, ''))).toEqual([
    '42["location:updated",{"seq":9,"lat":12,"lng":9}]',
    '42["ride:status",{"seq":8,"status":"started","at":""}]',
    '42["location:updated",{"seq":10,"lat":12,"lng":10}]',
  ])
})
