import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { checkLayers } from '../check/check-layers.ts'
import { checkOperationFiles } from '../check/check-operations.ts'
import { readSources } from '../check/read-sources.ts'
import { runTool } from '../check/run-tool.ts'
import { projectPath } from '../system/project.ts'
import { scaffoldOperation } from './scaffold-operation.ts'

const TIMEOUT_MS = 90_000
const COPIED = ['workers', 'db', 'packages', 'package.json', 'tsconfig.json', 'biome.json']

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'scaffold-'))
  for (const name of COPIED) cpSync(projectPath(name), join(root, name), { recursive: true })
  symlinkSync(projectPath('node_modules'), join(root, 'node_modules'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const read = (path: string) => readFileSync(join(root, path), 'utf8')
const lostItem = {
  domain: 'bookings',
  name: 'create-lost-item',
  method: 'post',
  path: '/bookings/{id}/lost-items',
}

test('writes the operation and puts it into the list', () => {
  const before = read('workers/bookings/index.ts')
  expect(scaffoldOperation(root, lostItem)).toEqual([
    'workers/bookings/create-lost-item.ts',
    'workers/bookings/index.ts',
  ])
  const text = read('workers/bookings/create-lost-item.ts')
  for (const part of [
    "id: 'createLostItem'",
    "tag: 'Bookings'",
    'idempotent: true',
    'params: IdParams',
    '201:',
  ])
    expect(text).toContain(part)
  const index = read('workers/bookings/index.ts')
  const added = index.split('\n').filter((line) => !before.includes(line))
  expect(added).toEqual(["import { createLostItem } from './create-lost-item.ts'", '  createLostItem,'])
})

test('what it writes is formatted, typed, in its layer and in a list', { timeout: TIMEOUT_MS }, async () => {
  const wanted = [
    lostItem,
    { domain: 'bookings', name: 'a-confirm', method: 'post', path: '/bookings/confirm' },
    { domain: 'bookings', name: 'list-lost-items', method: 'get', path: '/lost-items' },
    { domain: 'bookings', name: 'get-lost-item', method: 'get', path: '/lost-items/{entryId}' },
    { domain: 'health', name: 'zap', method: 'put', path: '/rides/{rideId}/seats/{seatId}' },
    { domain: 'health', name: 'delete-lost-items', method: 'delete', path: '/lost-items' },
    { domain: 'bookings', name: 'delete-lost-item', method: 'delete', path: '/lost-items/{id}' },
    { domain: 'bookings', name: 'remove-seat', method: 'delete', path: '/rides/{rideId}/seats/{seatId}' },
  ]
  const written = new Set(wanted.flatMap((each) => scaffoldOperation(root, each)))
  expect(written.size).toBe(wanted.length + 2)

  expect(await runTool('biome', ['check', ...written], root)).toMatchObject({ code: 0 })
  // The control shows that the compiler looked; what else does not compile is the business of another check.
  const control = 'workers/bookings/control.ts'
  writeFileSync(join(root, control), "export const control: number = 'text'\n")
  const files = [control, ...written]
  writeFileSync(join(root, 'scaffold.json'), JSON.stringify({ extends: './tsconfig.json', files, include: [] }))
  const { output } = await runTool('tsc', ['-p', 'scaffold.json'], root)
  const errors = output.split('\n').filter((line) => files.some((path) => line.startsWith(path)))
  expect(errors).toEqual([expect.stringMatching(/^workers\/bookings\/control\.ts.*TS2322/)])

  const sources = readSources(root, [...written])
  expect(checkLayers(sources)).toEqual([])
  const listed = sources
    .filter(({ path }) => path.endsWith('/index.ts'))
    .flatMap(({ text }) => text.match(/\w+(?=,|\])/g) ?? [])
  expect(checkOperationFiles(sources, listed)).toEqual([])
})

test('overwrites nothing', () => {
  const before = [read('workers/bookings/create-booking.ts'), read('workers/bookings/index.ts')]
  expect(() => scaffoldOperation(root, { ...lostItem, name: 'create-booking' })).toThrow(/exists already/)
  expect([read('workers/bookings/create-booking.ts'), read('workers/bookings/index.ts')]).toEqual(before)
})

test('writes no file for an operation that is in the list already', () => {
  rmSync(join(root, 'workers/bookings/create-booking.ts'))
  expect(() => scaffoldOperation(root, { ...lostItem, name: 'create-booking' })).toThrow(/in the list already/)
  expect(existsSync(join(root, 'workers/bookings/create-booking.ts'))).toBe(false)
})

test.each([
  [{ domain: 'parcels' }, /workers\/parcels\/index\.ts does not exist/],
  [{ domain: 'http' }, /is no domain/],
  [{ domain: '../bookings' }, /is no domain/],
  [{ name: 'createEntry' }, /is no name/],
  [{ method: 'patch' }, /none of get, post, put, delete/],
  [{ path: 'bookings/:id' }, /is no path/],
])('refuses %o', (misfit, message) => {
  expect(() => scaffoldOperation(root, { ...lostItem, ...misfit })).toThrow(message)
})
