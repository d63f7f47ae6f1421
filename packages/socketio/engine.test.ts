import { expect, test } from 'vitest'
import { BEAT_PAUSES, engineSettings, PINGED_TOGETHER } from './settings.ts'
import {
  FakeClock,
  newEngine,
  noPause,
  openPolling,
  openSocket,
  poll,
  post,
  sessionOf,
  smallSettings,
} from './testing/place.ts'

const { pingInterval, pingTimeout } = engineSettings

const settled = () => new Promise((resolve) => setTimeout(resolve))

test('a session opens with exactly what the protocol lists', async () => {
  const place = newEngine()
  const { status, body } = await poll(place)
  const limits = { pingInterval: 25_000, pingTimeout: 20_000, maxPayload: 65_536 }
  expect([status, body[0], JSON.parse(body.slice(1))]).toEqual([
    200,
    '0',
    { sid: 's0', upgrades: ['websocket'], ...limits },
  ])
  const [frame] = openSocket(place)?.wire.frames ?? []
  expect(JSON.parse(String(frame).slice(1))).toEqual({ sid: 's1', upgrades: [], ...limits })
})

test('what is sent between polls comes in one payload, binary as base64', async () => {
  const place = newEngine()
  const session = await openPolling(place)
  place.engine.send(session, ['one'])
  place.engine.send(session, ['two', Uint8Array.of(1, 2, 3, 4)])
  expect((await poll(place, session.sid)).body).toBe('4one\x1e4two\x1ebAQIDBA==')
  const held = poll(place, session.sid)
  place.engine.send(session, ['three'])
  expect((await held).body).toBe('4three')
})

test('packets of a payload arrive one by one, binary ones as bytes', async () => {
  const place = newEngine()
  const { sid } = await openPolling(place)
  expect(await post(place, sid, '4one\x1ebAQIDBA==\x1e4')).toMatchObject({ status: 200, body: 'ok' })
  expect(place.messages.map(({ data }) => data)).toEqual(['one', Uint8Array.of(1, 2, 3, 4), ''])
})

test('of what only the latest counts, a slow poller gets the latest', async () => {
  const place = newEngine()
  const session = await openPolling(place)
  for (let n = 0; n < 100; n++) {
    place.engine.send(session, [`car ${n}`], 'car')
    if (n === 50) place.engine.send(session, ['stop'])
  }
  expect((await poll(place, session.sid)).body).toBe('4stop\x1e4car 99')
})

test('a second poll ends the session: the first hears the end, the second is refused', async () => {
  const place = newEngine()
  const { sid } = await openPolling(place)
  const first = poll(place, sid)
  expect((await poll(place, sid)).status).toBe(400)
  expect(await first).toMatchObject({ status: 200, body: '1' })
  expect((await poll(place, sid)).status).toBe(400)
  expect(place.ends).toEqual([{ sid, end: 'overlapping_requests' }])
})

test('a second post while the first is read ends the session', async () => {
  const place = newEngine()
  const { sid } = await openPolling(place)
  const replies = await Promise.all([post(place, sid, '4one'), post(place, sid, '4two')])
  expect(replies.map(({ status }) => status)).toEqual([400, 400])
  expect(place.messages).toEqual([])
})

test('who says goodbye by post ends its poll with a noop', async () => {
  const place = newEngine()
  const { sid } = await openPolling(place)
  const held = poll(place, sid)
  expect((await post(place, sid, '1')).body).toBe('ok')
  expect((await held).body).toBe('6')
  expect((await poll(place, sid)).status).toBe(400)
})

test.each(['abc', '', '9', '0', '2', '5', '4a\x1e'])(
  'the payload %j is refused and ends the session',
  async (body) => {
    const place = newEngine()
    const { sid } = await openPolling(place)
    expect((await post(place, sid, body)).status).toBe(400)
    expect((await poll(place, sid)).status).toBe(400)
    expect(place.ends).toEqual([{ sid, end: 'malformed_packet' }])
  },
)

test('a socket takes a polling session over, with what waits for it', async () => {
  const place = newEngine()
  const session = await openPolling(place)
  const held = poll(place, session.sid)
  const { wire } = openSocket(place, session.sid) ?? {}
  if (!wire) throw new Error('no socket')
  place.engine.receive(session.sid, wire, '2probe')
  expect((await held).body).toBe('6')
  place.engine.send(session, ['late', Uint8Array.of(9)])
  place.engine.receive(session.sid, wire, '5')
  expect(wire.frames).toEqual(['3probe', '4late', Uint8Array.of(9)])
  expect((await poll(place, session.sid)).status).toBe(400)
  expect(openSocket(place, session.sid)).toBeUndefined()
  place.engine.receive(session.sid, wire, '4hello')
  expect(place.messages).toEqual([{ sid: session.sid, data: 'hello' }])
})

test('a socket that does not take over is given up, and polling goes on', async () => {
  const place = newEngine()
  const { sid } = await openPolling(place)
  const { wire } = openSocket(place, sid) ?? {}
  if (!wire) throw new Error('no socket')
  place.engine.receive(sid, wire, '4hello')
  expect(wire.closed).not.toBeNull()
  expect(place.messages).toEqual([])
  const again = openSocket(place, sid)
  place.clock.now += engineSettings.upgradeTimeout + 1
  await place.engine.beat(noPause)
  expect(again?.wire.closed).not.toBeNull()
  place.engine.send(sessionOf(place, sid), ['still here'])
  expect((await poll(place, sid)).body).toBe('4still here')
})

test('everybody is pinged within an interval, by one heartbeat, and who does not answer is ended', async () => {
  const place = newEngine()
  const early = openSocket(place)
  place.clock.now += pingInterval * 0.4
  const late = openSocket(place)
  expect(place.engine.nextBeat()).toBe(place.clock.now + pingInterval * 0.6)
  place.clock.now += pingInterval * 0.6
  await place.engine.beat(noPause)
  await place.engine.beat(noPause)
  expect([early, late].map((client) => client?.wire.frames.slice(1))).toEqual([['2'], ['2']])
  if (early) place.engine.receive(early.sid, early.wire, '3')
  place.clock.now += pingTimeout
  await place.engine.beat(noPause)
  expect(early?.wire.closed).toBeNull()
  place.clock.now += pingInterval
  await place.engine.beat(noPause)
  expect(late?.wire.closed).toEqual({ code: 4010, reason: 'ping_timeout' })
})

test('of many a few are pinged at a time, and others are served meanwhile', async () => {
  const place = newEngine()
  const many = Array.from({ length: 3 * PINGED_TOGETHER + 1 }, () => openSocket(place))
  const isPinged = () => many.map((client) => client?.wire.frames.includes('2') === true)
  place.clock.now += pingInterval
  const pauses: (() => void)[] = []
  const beat = place.engine.beat(() => new Promise((resolve) => pauses.push(resolve)))
  expect(isPinged().filter(Boolean)).toHaveLength(PINGED_TOGETHER)
  const gone = many[PINGED_TOGETHER]
  const late = openSocket(place)
  if (gone) place.engine.lost(gone.sid, gone.wire)
  for (let round = 2; round <= 3; round++) {
    pauses.at(-1)?.()
    await settled()
    expect(isPinged().filter(Boolean)).toHaveLength(round * PINGED_TOGETHER)
  }
  pauses.at(-1)?.()
  await beat
  expect(pauses).toHaveLength(3)
  // Who went is not, and who came needs none yet.
  expect(isPinged().indexOf(false)).toBe(PINGED_TOGETHER)
  expect(isPinged().lastIndexOf(false)).toBe(PINGED_TOGETHER)
  expect(late?.wire.frames).not.toContain('2')
})

test('a heartbeat of very many does not last until the next', async () => {
  const place = newEngine(engineSettings, new FakeClock(), 5000)
  const many = Array.from({ length: 5000 }, () => openSocket(place))
  place.clock.now += pingInterval
  let pauses = 0
  await place.engine.beat(async () => void (pauses += 1))
  expect(pauses).toBeLessThanOrEqual(BEAT_PAUSES)
  expect(many.every((client) => client?.wire.frames.includes('2'))).toBe(true)
})

test('who does not read is ended and holds up nobody', async () => {
  const place = newEngine(smallSettings)
  const poller = await openPolling(place)
  const socket = openSocket(place)
  const other = openSocket(place)
  const sessions = () => [...place.engine.sessions.values()]
  for (let n = 0; n < 5; n++) {
    if (other) place.engine.receive(other.sid, other.wire, '3')
    place.engine.broadcast(sessions(), 'x'.repeat(900))
  }
  expect(place.ends.map(({ sid, end }) => [sid, end])).toEqual([
    [poller.sid, 'slow_reader'],
    [socket?.sid, 'slow_reader'],
  ])
  expect(other?.wire.frames.length).toBe(6)
})

test('a session that is ended in good order still gets what was sent before', async () => {
  const place = newEngine()
  const session = await openPolling(place)
  place.engine.send(session, ['the reason'])
  place.engine.end(session, 'session_revoked')
  expect((await poll(place, session.sid)).body).toBe('4the reason\x1e1')
  expect((await poll(place, session.sid)).status).toBe(400)
  expect(place.kept.size).toBe(0)
})
