import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { ClientFrame } from '#packages/protocol/client-frame.ts'
import { oddFix } from '#packages/protocol/testing/odd-fix.ts'
import { readFrame } from './read-frame.ts'

const position = fc.record(
  { type: fc.constantFrom('position', 'ping', 'x'), ...oddFix },
  { requiredKeys: ['type'] },
)

test('the short way and the schema agree on everything', () => {
  fc.assert(
    fc.property(fc.oneof(position, fc.anything()), (value) => {
      const json: unknown = JSON.parse(JSON.stringify(value) ?? 'null')
      const { data, error } = ClientFrame.safeParse(json)
      expect(readFrame(json)).toEqual(error ? { error } : { frame: data })
    }),
    { numRuns: 3000 },
  )
})
