import { expect, test } from 'vitest'
import { SessionLock } from './session-lock.ts'

test('turns are given in the order of asking', async () => {
  const lock = new SessionLock()
  const [a, b, c] = [{}, {}, {}]
  const order: object[] = []
  await lock.acquire(a, 1_000)
  const waiting = [b, c].map(async (user) => {
    expect(await lock.acquire(user, 1_000)).toBe(true)
    order.push(user)
    lock.release(user)
  })
  lock.release(a)
  await Promise.all(waiting)
  expect(order[0]).toBe(b)
  expect(order[1]).toBe(c)
  expect(lock.isHeldBy(c)).toBe(false)
})

test('who waited too long gets no turn, then or later', async () => {
  const lock = new SessionLock()
  const [a, b, c] = [{}, {}, {}]
  await lock.acquire(a, 0)
  const next = lock.acquire(c, 1_000)
  expect(await lock.acquire(b, 5)).toBe(false)
  lock.release(a)
  expect(await next).toBe(true)
  expect(lock.isHeldBy(c)).toBe(true)
})

test('only the holder can release', async () => {
  const lock = new SessionLock()
  const a = {}
  await lock.acquire(a, 0)
  lock.release({})
  expect(lock.isHeldBy(a)).toBe(true)
})
