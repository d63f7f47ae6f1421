import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { outliveNoShell } from './outlive-no-shell.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllEnvs()
})

function watch(lifecycle: string | undefined) {
  vi.stubEnv('npm_lifecycle_event', lifecycle)
  const stop = vi.fn<() => void>()
  let parent = 42
  outliveNoShell(stop, () => parent)
  const orphan = () => {
    parent = 1
    vi.advanceTimersByTime(2000)
  }
  return { stop, orphan }
}

test('run by npm, it stops once when the shell is gone, and not before', () => {
  const { stop, orphan } = watch('dev')
  vi.advanceTimersByTime(10_000)
  expect(stop).not.toHaveBeenCalled()
  orphan()
  expect(stop).toHaveBeenCalledTimes(1)
})

test('run by hand, it goes on without who started it', () => {
  const { stop, orphan } = watch(undefined)
  orphan()
  expect(stop).not.toHaveBeenCalled()
})
