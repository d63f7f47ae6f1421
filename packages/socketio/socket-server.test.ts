import * as fc from 'fast-check'
import { Decoder, Encoder, type Packet, PacketType } from 'socket.io-parser'
import { expect, test } from 'vitest'
import type { Data } from './effect.ts'
import { recordSession, restoreSession, SessionRecord } from './session-record.ts'
import { engineSettings } from './settings.ts'
import { SocketServer } from './socket-server.ts'
import type { Socket } from './socket-types.ts'
import { FakeClock, FakeWire } from './testing/place.ts'

const bytes = (data: ArrayBuffer | Uint8Array) => [...new Uint8Array(data)]

/** A server with one client by socket, whose packets are read with the parser from npm. */
function newPlace() {
  const clock = new FakeClock()
  const log: unknown[] = []
  const server: SocketServer<string> = new SocketServer<string>(
    {
      connect: (attempt) => {
        if (attempt.nsp === '/slow') return
        if (attempt.nsp === '/closed') attempt.refuse('No entry', { code: 'closed' })
        else attempt.accept('content', `id of ${attempt.nsp}`, attempt.nsp === '/' ? 'pid' : undefined)
      },
      event: (socket, name, args, answer) => {
        log.push([socket.nsp, name, ...args])
        answer?.(...args)
        answer?.('twice')
      },
      acknowledged: (socket, id, args) => void log.push([socket.nsp, id, ...args]),
      disconnected: (socket, end) => void log.push([socket.nsp, 'gone', end]),
    },
    {
      settings: engineSettings,
      clock: clock.read,
      newSid: () => 'sid',
      maxSessions: 1,
      store: { keep: () => undefined, forget: () => undefined },
    },
  )
  const wire = new FakeWire()
  server.engine.attach({ sid: 'sid', isUpgrade: false }, wire)
  const heard: Packet[] = []
  const say = (...frames: Data[]) => {
    for (const frame of frames) server.engine.receive('sid', wire, frame)
    const decoder = new Decoder()
    decoder.on('decoded', (packet) => void heard.push(packet))
    for (const frame of wire.frames.splice(0)) {
      if (typeof frame !== 'string') decoder.add(frame.buffer)
      else if (frame.startsWith('4')) decoder.add(frame.slice(1))
    }
    return heard.splice(0)
  }
  wire.frames.length = 0
  return { server, wire, say, log, clock }
}

function socketOf(place: ReturnType<typeof newPlace>): Socket<string> {
  const [socket] = place.server.sockets()
  if (!socket) throw new Error('nobody is there')
  return socket
}

test('a client is in a namespace once it was let in, and is told under which id', () => {
  const { say } = newPlace()
  expect(say('40')).toMatchObject([
    { type: PacketType.CONNECT, nsp: '/', data: { sid: 'id of /', pid: 'pid' } },
  ])
  expect(say('40/custom,{"token":1}')).toMatchObject([{ nsp: '/custom', data: { sid: 'id of /custom' } }])
  expect(say('40')).toMatchObject([{ data: { sid: 'id of /' } }])
  expect(say('40/closed,')).toMatchObject([
    { type: PacketType.CONNECT_ERROR, nsp: '/closed', data: { message: 'No entry', data: { code: 'closed' } } },
  ])
})

test('events are answered once, in their namespace, with attachments', () => {
  const { say, log } = newPlace()
  say('40', '40/custom,')
  expect(say('42/custom,7["hello",1,{"a":null}]')).toMatchObject([
    { type: PacketType.ACK, nsp: '/custom', id: 7, data: [1, { a: null }] },
  ])
  const [answer] = say('451-8["file",{"_placeholder":true,"num":0}]', Uint8Array.of(1, 2))
  expect(answer).toMatchObject({ type: PacketType.ACK, id: 8 })
  expect(bytes(Object(answer?.data)[0])).toEqual([1, 2])
  expect(say('42["no answer wanted"]')).toEqual([])
  expect(log.map((entry) => Object(entry)[1])).toEqual(['hello', 'file', 'no answer wanted'])
})

test('the server asks for acknowledgements too', () => {
  const place = newPlace()
  place.say('40')
  place.server.emit(socketOf(place), ['question', 1], 41)
  expect(place.say('4341["answer"]')).toMatchObject([{ type: PacketType.EVENT, id: 41, data: ['question', 1] }])
  expect(place.log).toEqual([['/', 41, 'answer']])
})

test('who leaves a namespace stays in the others, and may leave twice', () => {
  const { say, log, wire } = newPlace()
  say('40', '40/custom,', '41/custom,', '41/custom,', '42["still here"]')
  expect(log).toEqual([
    ['/custom', 'gone', null],
    ['/', 'still here'],
  ])
  expect(wire.closed).toBeNull()
})

test('who is made to leave is told, and hears nothing more', () => {
  const place = newPlace()
  place.say('40')
  const socket = socketOf(place)
  place.server.disconnect(socket)
  place.server.disconnect(socket)
  expect(place.say()).toMatchObject([{ type: PacketType.DISCONNECT, nsp: '/' }])
  expect(place.log).toEqual([['/', 'gone', null]])
})

test.each([
  ['nonsense', 'abc'],
  ['an event before CONNECT', '42["hello"]'],
  ['an event while the application decides', '42/slow,["hello"]'],
  ['an event without a name', '42'],
  ['an event with a reserved name', '42["connect"]'],
  ['a payload that is none', '42{}'],
  ['an acknowledgement number that is none', '42abc["hello"]'],
  ['an attachment without a packet', Uint8Array.of(1)],
  ['too many attachments', '4511-["file"]'],
  ['a CONNECT_ERROR', '44{"message":"no"}'],
])('%s ends the connection as malformed', (name, frame) => {
  const { say, wire, log } = newPlace()
  say('40/slow,')
  if (name !== 'an event before CONNECT') say('40')
  say(typeof frame === 'string' && !frame.startsWith('4') ? `4${frame}` : frame)
  expect(wire.closed).toEqual({ code: 4002, reason: 'malformed_packet' })
  expect(log.filter((entry) => Object(entry)[1] !== 'gone')).toEqual([])
})

test('text between a packet and its attachments ends the connection', () => {
  const { say, wire } = newPlace()
  say('40', '451-["file",{"_placeholder":true,"num":0}]', '42["hello"]')
  expect(wire.closed).toEqual({ code: 4002, reason: 'malformed_packet' })
})

test('a session comes out of its record as it went in, attachments under way and all', () => {
  const place = newPlace()
  place.say('40', '40/custom,', '451-["file",{"_placeholder":true,"num":0}]')
  const [session] = place.server.engine.sessions.values()
  if (!session) throw new Error('no session')
  const record = SessionRecord.parse(structuredClone(recordSession(session)))
  const restored = restoreSession(record, String, engineSettings, place.clock.now)
  restored.wire = place.wire
  place.server.engine.sessions.set('sid', restored)
  place.say(Uint8Array.of(5))
  expect(place.log).toMatchObject([['/', 'file', expect.anything()]])
  expect(recordSession(restored)).toEqual({ ...record, fragments: null })
})

// Beside attachments the encoder of npm loses a key of this name.
const json = fc.jsonValue({ maxDepth: 2 }).filter((value) => !JSON.stringify(value).includes('__proto__'))
const leaf = fc.oneof(
  json,
  fc.uint8Array({ maxLength: 20 }).map((array) => Uint8Array.from(array)),
)
const name = fc
  .string({ minLength: 1 })
  .filter((text) => !/^(connect|connect_error|disconnect|disconnecting|newListener|removeListener)$/.test(text))

test('whatever a client of npm encodes arrives, and comes back in the acknowledgement', () => {
  fc.assert(
    fc.property(name, fc.array(leaf, { maxLength: 5 }), fc.nat(), (event, args, id) => {
      const { say, log } = newPlace()
      say('40')
      const encoded: unknown[] = new Encoder().encode({
        type: PacketType.EVENT,
        nsp: '/',
        id,
        data: [event, ...args],
      })
      const frames = encoded.map((part) =>
        typeof part === 'string' ? `4${part}` : Uint8Array.from(Object(part)),
      )
      const [answer] = say(...frames)
      const plain = (value: unknown) =>
        JSON.stringify(value, (_, each) => (each instanceof ArrayBuffer ? new Uint8Array(each) : each))
      expect(plain(log)).toBe(plain([['/', event, ...args]]))
      expect(plain(answer?.data)).toBe(plain(args))
    }),
  )
})

const broken = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.tuple(fc.integer({ min: 0, max: 9 }), fc.string()).map(([type, rest]) => `4${type}${rest}`),
  fc
    .tuple(fc.constantFrom('42', '43', '451-', '461-', '40', '41'), fc.json())
    .map(([start, rest]) => start + rest),
  fc.uint8Array({ maxLength: 10 }).map((array) => Uint8Array.from(array)),
)

test('whatever else comes, nothing is thrown, and an end comes once', () => {
  fc.assert(
    fc.property(fc.array(broken, { maxLength: 20 }), (frames) => {
      const { say, wire, log, server } = newPlace()
      say('40', ...frames)
      const gone = log.filter((entry) => Object(entry)[0] === '/' && Object(entry)[1] === 'gone')
      expect(gone.length).toBeLessThanOrEqual(frames.length)
      expect(server.engine.sessions.size).toBe(wire.closed === null ? 1 : 0)
    }),
    { numRuns: 500 },
  )
})
