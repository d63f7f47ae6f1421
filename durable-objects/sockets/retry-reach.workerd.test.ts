import { expect, test, vi } from 'vitest'
import { keepStub, retryReach } from './retry-reach.ts'

const failure = (marks: object) => Object.assign(new Error('the object went away'), marks)

test('what may be tried again is tried again', async () => {
  const call = vi
    .fn<() => Promise<string>>()
    .mockRejectedValueOnce(failure({ retryable: true }))
    .mockResolvedValue('ok')
  expect(await retryReach(call)).toBe('ok')
  expect(call).toHaveBeenCalledTimes(2)
})

test.each([
  ['an error of our own', {}, 1],
  ['an overloaded object', { retryable: true, overloaded: true }, 1],
  ['an object that stays away', { retryable: true }, 3],
])('%s is given up', async (_, marks, calls) => {
  const call = vi.fn<() => Promise<string>>().mockRejectedValue(failure(marks))
  await expect(retryReach(call)).rejects.toThrow('went away')
  expect(call).toHaveBeenCalledTimes(calls)
})

test('a stub is kept until a call fails, and retried calls get a new one', async () => {
  let made = 0
  const object = keepStub(() => ++made)
  expect([await object(async (stub) => stub), await object(async (stub) => stub)]).toEqual([1, 1])
  await expect(object(() => Promise.reject(failure({})))).rejects.toThrow('went away')
  expect(await object(async (stub) => stub)).toBe(2)
  const call = vi.fn<(stub: number) => Promise<number>>().mockRejectedValueOnce(failure({ retryable: true }))
  call.mockImplementation(async (stub) => stub)
  expect(await retryReach(() => object(call))).toBe(3)
  // Two that fail together cost one new stub, not two.
  const failing = () => object(() => Promise.reject(failure({})))
  await Promise.allSettled([failing(), failing()])
  expect(await object(async (stub) => stub)).toBe(4)
})
