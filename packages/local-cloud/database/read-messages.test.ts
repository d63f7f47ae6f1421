import { Duplex } from 'node:stream'
import * as fc from 'fast-check'
import { serialize } from 'pg-protocol'
import { expect, test } from 'vitest'
import { readMessages } from './read-messages.ts'

const sent = [
  serialize.requestSsl(),
  serialize.startup({ user: 'u' }),
  serialize.password('p'),
  serialize.query('SELECT 1'),
  serialize.sync(),
]

async function read(chunks: Iterable<Buffer>): Promise<{ type: string; bytes: Buffer }[]> {
  const messages: { type: string; bytes: Buffer }[] = []
  for await (const message of readMessages(Duplex.from(chunks))) messages.push(message)
  return messages
}

test('messages come out whole however the bytes were cut', async () => {
  const bytes = Buffer.concat(sent)
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(bytes.length), { maxLength: 12 }), async (cuts) => {
      const edges = [0, ...cuts.toSorted((a, b) => a - b), bytes.length]
      const chunks = edges.slice(1).map((end, index) => bytes.subarray(edges[index], end))
      const messages = await read(chunks.filter((chunk) => chunk.length > 0))
      expect(messages.map(({ type }) => type)).toEqual(['', '', 'p', 'Q', 'S'])
      expect(Buffer.concat(messages.map((message) => message.bytes))).toEqual(bytes)
    }),
    { numRuns: 50 },
  )
})

test.each([0, 3, 0x7fffffff])('a message that claims %i bytes ends the reading', async (length) => {
  const nonsense = Buffer.alloc(20)
  nonsense.writeUInt32BE(length)
  expect(await read([nonsense])).toEqual([])
})
