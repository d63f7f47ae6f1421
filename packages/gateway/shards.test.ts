import { expect, test } from 'vitest'
import { ShardPicker, shardOf } from './shards.ts'

test('a session names its gateway, and no other name is one', () => {
  expect(shardOf('g0.abc')).toBe('g0')
  expect(shardOf('g63.abc')).toBe('g63')
  for (const sid of ['g64.abc', 'g0', '', '.abc', 'made-up.abc', 'g00.abc', '__proto__.abc'])
    expect(shardOf(sid)).toBeNull()
})

test('gateways are filled one after the other, and full ones are asked again later', () => {
  const picker = new ShardPicker()
  const now = Date.UTC(2026, 10, 22)
  expect(picker.candidates(now).slice(0, 3)).toEqual(['g0', 'g1', 'g2'])
  picker.noteFull('g0')
  picker.noteFull('g0')
  picker.noteFull('g1')
  expect(picker.candidates(now + 1)[0]).toBe('g2')
  expect(picker.candidates(now + 30_000)[0]).toBe('g0')
})
