import { expect, test } from 'vitest'
import { uuidv7 } from './uuid.ts'

test('an id has the version, the variant and its time', () => {
  const id = uuidv7(Date.UTC(2026, 0, 1))
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(Number.parseInt(id.slice(0, 13).replace('-', ''), 16)).toBe(Date.UTC(2026, 0, 1))
})

test('ids of later milliseconds sort after earlier ones', () => {
  const ids = Array.from({ length: 500 }, (_, i) => uuidv7(1_790_000_000_000 + i))
  expect(ids.toSorted()).toEqual(ids)
})

test('ids of one millisecond are distinct', () => {
  expect(new Set(Array.from({ length: 10_000 }, () => uuidv7(1))).size).toBe(10_000)
})
