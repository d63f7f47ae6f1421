import { expect, test } from 'vitest'
import { findCycles } from './find-cycles.ts'

const graph = (edges: Record<string, string>) =>
  new Map(Object.entries(edges).map(([node, targets]) => [node, new Set(targets)]))

test('finds nothing where everything goes down', () => {
  expect(findCycles(graph({ a: 'bc', b: 'd', c: 'd', d: '' }))).toEqual([])
})

test('shows the shortest way round from each node, and no cycle twice', () => {
  expect(findCycles(graph({ a: 'bc', b: 'd', c: 'a', d: 'a' }))).toEqual([
    ['a', 'c', 'a'],
    ['b', 'd', 'a', 'b'],
  ])
  expect(findCycles(graph({ b: 'c', a: 'b', c: 'a' }))).toEqual([['a', 'b', 'c', 'a']])
})

test('finds each of two cycles, and a node that points at itself', () => {
  expect(findCycles(graph({ a: 'b', b: 'ac', c: 'd', d: 'c', e: 'e' }))).toEqual([
    ['a', 'b', 'a'],
    ['c', 'd', 'c'],
    ['e', 'e'],
  ])
})
