import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type FakeWire,
  newEngine,
  noPause,
  openPolling,
  openSocket,
  poll,
  post,
  smallSettings,
} from './testing/place.ts'

const packet = fc.oneof(
  fc.constantFrom('0', '1', '2', '3', '4hello', '5', '6', '2probe', '4', 'bAQID', 'b%%%', '\x1e', '4a\x1e4b'),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ minLength: 900, maxLength: 1300 }),
)
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('say' as const), who: fc.nat(4), packet }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('post' as const), who: fc.nat(4), packet }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('poll' as const), who: fc.nat(4) }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constantFrom('open', 'socket', 'upgrade', 'lose'), who: fc.nat(4) }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('tell' as const), who: fc.nat(4), size: fc.nat(2000) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('pass' as const), who: fc.nat(60_000) }) },
)

test('whatever clients do, nothing is thrown, nothing grows without bounds, and in the end nothing is left', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
      const place = newEngine(smallSettings)
      const { engine, clock } = place
      const sids: string[] = [(await openPolling(place)).sid]
      const wires: { sid: string; wire: FakeWire }[] = []
      const polls: Promise<unknown>[] = []
      const some = <Item>(items: readonly Item[], index: number) => items[index % Math.max(1, items.length)]
      for (const each of steps) {
        const sid = some(sids, each.who) ?? ''
        const session = engine.sessions.get(sid)
        const wire = some(wires, each.who)
        if (each.do === 'open') sids.push((await openPolling(place)).sid)
        else if (each.do === 'socket' || each.do === 'upgrade') {
          const opened = openSocket(place, each.do === 'upgrade' ? sid : undefined)
          if (opened) wires.push(opened)
          if (opened) sids.push(opened.sid)
        } else if (each.do === 'lose' && wire) engine.lost(wire.sid, wire.wire)
        else if (each.do === 'poll') polls.push(poll(place, sid))
        else if (each.do === 'post' && 'packet' in each) polls.push(post(place, sid, each.packet))
        else if (each.do === 'say' && 'packet' in each && wire) engine.receive(wire.sid, wire.wire, each.packet)
        else if (each.do === 'tell' && 'size' in each && session) engine.send(session, ['x'.repeat(each.size)])
        else if (each.do === 'pass') {
          clock.now += each.who
          void engine.beat(noPause)
        }
        for (const { unread, queue, isPolled, answer, end, transport } of engine.sessions.values()) {
          expect(unread).toBeLessThanOrEqual(smallSettings.maxUnread)
          expect(queue.length === 0 || transport === 'polling').toBe(true)
          expect(isPolled).toBe(answer !== null)
          expect(isPolled && end !== null).toBe(false)
        }
      }
      for (let n = 0; n < 3; n++) {
        clock.now += smallSettings.pingInterval + smallSettings.pingTimeout
        void engine.beat(noPause)
      }
      await Promise.all(polls)
      expect([engine.sessions.size, place.kept.size]).toEqual([0, 0])
      expect(new Set(place.ends.map(({ sid }) => sid)).size).toBe(place.ends.length)
    }),
    { numRuns: 300 },
  )
})

/** Waits until everything that was answered has been taken in. */
async function settled(): Promise<void> {
  for (let n = 0; n < 10; n++) await Promise.resolve()
}

const faithful = fc.constantFrom('tell', 'tell', 'poll', 'upgrade', 'take over', 'beat')

test('a client that keeps to the protocol hears everything once and in order, however it is connected', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(faithful, { maxLength: 40 }), async (steps) => {
      const place = newEngine()
      const session = await openPolling(place)
      const { sid } = session
      const heard: string[] = []
      const hear = (payload: unknown) =>
        heard.push(
          ...String(payload)
            .split('\x1e')
            .filter((each) => each.startsWith('4'))
            .map((each) => each.slice(1)),
        )
      const polls: Promise<void>[] = []
      let isHeld = false
      let wire: FakeWire | null = null
      let told = 0
      const hearPoll = async () => {
        const { status, body } = await poll(place, sid)
        isHeld = false
        if (status === 200) hear(body)
      }
      const pollOnce = () => {
        if (!isHeld) polls.push(hearPoll())
        isHeld = true
      }
      for (const each of steps) {
        if (each === 'tell') place.engine.send(session, [`m${told++}`])
        else if (each === 'poll' && session.transport === 'polling') pollOnce()
        else if (each === 'upgrade' && wire === null && session.transport === 'polling') {
          wire = openSocket(place, sid)?.wire ?? null
          if (wire) place.engine.receive(sid, wire, '2probe')
        } else if (each === 'take over' && wire !== null && session.transport === 'polling') {
          // As the client does: not before its last poll has come back.
          await Promise.all(polls)
          place.engine.receive(sid, wire, '5')
        } else if (each === 'beat') void place.engine.beat(noPause)
        await Promise.resolve()
      }
      await settled()
      if (session.transport === 'polling' && session.queue.length > 0) pollOnce()
      await settled()
      for (const frame of wire?.frames ?? []) if (frame !== '3probe') hear(frame)
      expect(heard).toEqual(Array.from({ length: told }, (_, n) => `m${n}`))
    }),
    { numRuns: 300 },
  )
})
