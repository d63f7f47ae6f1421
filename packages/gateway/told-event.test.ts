import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { encodeEvent } from '#packages/socketio/socket-packets.ts'
import { positionPacket, toldEvent } from './told-event.ts'

const frame = fc
  .record({
    type: fc.constantFrom('position', 'position', 'eta', 'ride'),
    lat: fc.double({ noNaN: true, noDefaultInfinity: true }),
    heading: fc.option(fc.integer()),
    at: fc.oneof(fc.string(), fc.constant('"seq":7}')),
    seq: fc.nat(),
  })
  .map((each) => JSON.stringify(each))

test('a position is told the same whether its frame is read or not', () => {
  fc.assert(
    fc.property(fc.uuid(), frame, (ride, text) => {
      const event = toldEvent({ ride }, text)
      const plain = positionPacket(ride, text)
      if (event?.name !== 'location:updated') {
        expect(plain).toBeNull()
        return
      }
      const [told] = encodeEvent('/', [event.name, event.body])
      expect(plain?.seq).toBe(event.position)
      expect(plain?.packet.startsWith('2[')).toBe(true)
      expect(JSON.parse(plain?.packet.slice(1) ?? '')).toEqual(JSON.parse(String(told).slice(1)))
    }),
    { numRuns: 1000 },
  )
})

test('what is written otherwise is read', () => {
  for (const text of [
    '{"seq":1,"type":"position"}',
    '{"type":"position"}',
    '{"type":"position","seq":1,"lat":2}',
    '{"type":"position","seq":1} ',
  ])
    expect(positionPacket('r', text)).toBeNull()
})
