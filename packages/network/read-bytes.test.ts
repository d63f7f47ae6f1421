import { expect, test } from 'vitest'
import { readBytes, readText } from './read-bytes.ts'

const MAX = 8

/** A request whose body comes in these pieces, and what became of its sender. */
function requestOf(pieces: readonly string[], headers: Record<string, string> = {}) {
  const sender = { sent: 0, isCancelled: false }
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      const piece = pieces[sender.sent++]
      if (piece === undefined) controller.close()
      else controller.enqueue(new TextEncoder().encode(piece))
    },
    cancel: () => {
      sender.isCancelled = true
    },
  })
  const request = new Request('https://margwa.test', { method: 'POST', body, headers, duplex: 'half' })
  return { request, sender }
}

test('a body comes whole, however it is cut', async () => {
  for (const pieces of [[], ['12345678'], ['1', '2345', '', '678'], ['é', 'éé']]) {
    expect(await readText(requestOf(pieces).request, MAX)).toBe(pieces.join(''))
  }
  expect(await readText(new Request('https://margwa.test'), MAX)).toBe('')
  // Cut in the middle of a character.
  const [first, second] = [Uint8Array.of(0xc3), Uint8Array.of(0xa9)]
  const body = new ReadableStream({
    start: (controller) => {
      controller.enqueue(first)
      controller.enqueue(second)
      controller.close()
    },
  })
  const request = new Request('https://margwa.test', { method: 'POST', body, duplex: 'half' })
  expect(await readText(request, MAX)).toBe('é')
})

test('a byte too many is too many, and nothing is read behind it', async () => {
  const { request, sender } = requestOf(['1234', '56789', ...Array.from({ length: 50 }, () => 'more')])
  expect(await readBytes(request, MAX)).toBeNull()
  expect(sender.sent).toBeLessThan(5)
})

test('what says that it is too long is not read; what says that it is short is counted all the same', async () => {
  const long = requestOf(['1'], { 'content-length': '9' })
  expect(await readBytes(long.request, MAX)).toBeNull()
  expect(await readBytes(requestOf(['123456789'], { 'content-length': '2' }).request, MAX)).toBeNull()
})
