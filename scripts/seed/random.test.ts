import { expect, test } from 'vitest'
import { randomId, randomStream } from './random.ts'

const numbers = (...key: Parameters<typeof randomStream>) => {
  const random = randomStream(...key)
  return Array.from({ length: 1_000 }, () => random.fraction())
}

test('the same key gives the same numbers, any other key others', () => {
  expect(numbers(1, 'route', 2)).toEqual(numbers(1, 'route', 2))
  const [first] = numbers(1, 'route', 2)
  for (const other of [numbers(2, 'route', 2), numbers(1, 'driver', 2), numbers(1, 'route', 3)])
    expect(other).not.toContain(first)
})

test('neighbouring streams are even and unrelated', () => {
  const tenths = Array.from({ length: 10 }, () => 0)
  for (let index = 0; index < 10_000; index++) {
    const tenth = Math.floor(randomStream(7, 'back', index).fraction() * 10)
    tenths[tenth] = (tenths[tenth] ?? 0) + 1
  }
  // 1,000 expected in each, standard deviation 30; five of them, and the input is fixed.
  for (const count of tenths) expect(Math.abs(count - 1_000)).toBeLessThan(150)
})

test('whole numbers reach both ends and go no farther', () => {
  const random = randomStream(1, 'route', 1)
  const drawn = new Set(Array.from({ length: 200 }, () => random.whole(2, 5)))
  expect(drawn).toEqual(new Set([2, 3, 4, 5]))
})

test('an id is a UUID version 7 of its instant', () => {
  const at = Date.UTC(2026, 10, 20, 6)
  const id = randomId(randomStream(1, 'route', 1), at)
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBe(at)
})
