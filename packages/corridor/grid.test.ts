import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { METRES_PER_DEGREE } from '#packages/geo/position.ts'
import { circleCells } from './circle-cells.ts'
import { columnsOf, gridOf, rowOf, southOf } from './grid.ts'

const grid = gridOf(4_000)

test('every latitude is in one row, and the poles are rows of one cell', () => {
  fc.assert(
    fc.property(fc.double({ min: -90, max: 90, noNaN: true }), (lat) => {
      const row = rowOf(grid, lat)
      expect(southOf(grid, row)).toBeLessThanOrEqual(lat + 1e-9)
      expect(southOf(grid, row + 1)).toBeGreaterThanOrEqual(lat - 1e-9)
    }),
  )
  expect([rowOf(grid, -90), rowOf(grid, 90)]).toEqual([0, grid.rows - 1])
  expect(columnsOf(grid, 0)).toBe(1)
  expect(columnsOf(grid, grid.rows - 1)).toBe(1)
})

test('cells are as high as asked for, and nowhere but at the poles narrower', () => {
  expect(grid.height * METRES_PER_DEGREE).toBeCloseTo(4_000, -1)
  for (let row = 1; row < grid.rows - 1; row++) {
    const poleward = Math.max(Math.abs(southOf(grid, row)), Math.abs(southOf(grid, row + 1)))
    const width = (360 / columnsOf(grid, row)) * Math.cos((poleward * Math.PI) / 180) * METRES_PER_DEGREE
    expect(width).toBeGreaterThan(3_999)
  }
})

test('a circle around the middle of a cell touches that cell alone, then its neighbours', () => {
  const row = rowOf(grid, 20)
  const width = 360 / columnsOf(grid, row)
  const column = Math.floor((77 + 180) / width)
  const middle = { lat: southOf(grid, row) + grid.height / 2, lng: (column + 0.5) * width - 180 }
  expect(circleCells(grid, middle, 1_900)).toEqual([{ row, column }])
  // Columns of neighbouring rows do not begin at the same longitude.
  for (const [radius, least, most] of [
    [2_100, 5, 7],
    [3_500, 7, 9],
  ] as const) {
    const { length } = circleCells(grid, middle, radius)
    expect(length).toBeGreaterThanOrEqual(least)
    expect(length).toBeLessThanOrEqual(most)
  }
})

test('at 180° and at a pole a circle goes round, and no cell comes twice', () => {
  for (const position of [
    { lat: 12, lng: 180 },
    { lat: 12, lng: -180 },
    { lat: 89.99, lng: 40 },
    { lat: -90, lng: 0 },
  ]) {
    const names = circleCells(grid, position, 8_000).map(({ row, column }) => `${row} ${column}`)
    expect(new Set(names).size).toBe(names.length)
    expect(names.length).toBeLessThanOrEqual(36)
  }
  const [east, west] = [180, -180].map((lng) => circleCells(grid, { lat: 12, lng }, 1_000))
  expect(new Set(east?.map(({ column }) => column))).toEqual(new Set(west?.map(({ column }) => column)))
})
