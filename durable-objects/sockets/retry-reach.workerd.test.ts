import { expect, test, vi } from 'vitest'
import { retryReach } from './retry-reach.ts'

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
