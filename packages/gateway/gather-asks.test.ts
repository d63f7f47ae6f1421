import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { GatheredAsks } from './gather-asks.ts'

/** Calls that the test ends, one after the other. */
function newCalls(limits = { together: 3, calls: 2 }) {
  const calls: { asks: readonly number[]; end: (answers: number[]) => void; fail: (error: Error) => void }[] =
    []
  const gathered = new GatheredAsks<number, number>((asks) => {
    const { promise, resolve, reject } = Promise.withResolvers<number[]>()
    calls.push({ asks, end: resolve, fail: reject })
    return promise
  }, limits)
  return { calls, gathered }
}

const settled = async () => {
  for (let n = 0; n < 20; n++) await Promise.resolve()
}

test('one alone goes at once; those that come while calls are on their way go together, in order', async () => {
  const { calls, gathered } = newCalls()
  const answers = [1, 2, 3, 4, 5, 6].map((ask) => gathered.ask(ask))
  expect(calls.map(({ asks }) => asks)).toEqual([[1], [2]])
  calls[0]?.end([10])
  await settled()
  expect(calls.map(({ asks }) => asks)).toEqual([[1], [2], [3, 4, 5]])
  calls[2]?.end([30, 40, 50])
  calls[1]?.end([20])
  await settled()
  calls[3]?.end([60])
  expect(await Promise.all(answers)).toEqual([10, 20, 30, 40, 50, 60])
  expect(calls).toHaveLength(4)
})

test('a call that fails fails those that it carried, and nobody else', async () => {
  const { calls, gathered } = newCalls({ together: 2, calls: 1 })
  const answers = [1, 2, 3, 4].map((ask) => gathered.ask(ask))
  calls[0]?.end([10])
  await settled()
  calls[1]?.fail(new Error('out of reach'))
  await settled()
  calls[2]?.end([40])
  expect(await Promise.allSettled(answers)).toMatchObject([
    { value: 10 },
    { reason: { message: 'out of reach' } },
    { reason: { message: 'out of reach' } },
    { value: 40 },
  ])
})

test('an answer too few is nobody’s answer', async () => {
  const { calls, gathered } = newCalls({ together: 2, calls: 1 })
  const answers = [1, 2, 3].map((ask) => gathered.ask(ask))
  calls[0]?.end([10])
  await settled()
  calls[1]?.end([20])
  expect(await Promise.allSettled(answers)).toMatchObject([
    { value: 10 },
    { reason: { name: 'RangeError' } },
    { reason: { name: 'RangeError' } },
  ])
})

test('whatever the limits and the order in which calls end, each ask gets its own answer, and the limits hold', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 5 }),
      fc.integer({ min: 1, max: 4 }),
      fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 40 }),
      async (together, parallel, order) => {
        const { calls, gathered } = newCalls({ together, calls: parallel })
        const answers = order.map((_, ask) => gathered.ask(ask))
        const open = [...calls]
        let seen = calls.length
        for (const pick of [...order, ...order, ...order]) {
          expect(open.length).toBeLessThanOrEqual(parallel)
          const [call] = open.splice(pick % Math.max(1, open.length), 1)
          if (!call) break
          expect(call.asks.length).toBeLessThanOrEqual(together)
          call.end(call.asks.map((ask) => ask * 10))
          await settled()
          open.push(...calls.slice(seen))
          seen = calls.length
        }
        expect(await Promise.all(answers)).toEqual(order.map((_, ask) => ask * 10))
      },
    ),
  )
})
