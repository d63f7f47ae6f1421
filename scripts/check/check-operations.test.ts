import { expect, test } from 'vitest'
import { apiOperations, rootOperations } from '../../workers/operations.ts'
import { projectPath } from '../system/project.ts'
import {
  checkNullShapes,
  checkOperationFiles,
  checkOperations,
  checkShapeNames,
  type OperationFacts,
} from './check-operations.ts'
import { readSources } from './read-sources.ts'

const sound: OperationFacts = {
  id: 'acceptBooking',
  method: 'post',
  path: '/bookings/{id}/accept',
  access: 'driver',
  params: { shape: { id: {} } },
  replies: { 200: null },
}
const check = (...operations: OperationFacts[]) => checkOperations([{ base: '/api/v1', operations }], {})

test('the operations of this project are sound', () => {
  const lists = [
    { base: '/api/v1', operations: apiOperations },
    { base: '', operations: rootOperations },
  ]
  expect(apiOperations.length).toBeGreaterThan(10)
  expect(checkOperations(lists)).toEqual([])
  const ids = [...apiOperations, ...rootOperations].map((op) => op.id)
  expect(
    checkOperationFiles(readSources(projectPath('.'), ['workers/*/*.ts'], ['workers/http/**']), ids),
  ).toEqual([])
})

test('refuses an operation without an access rule', () => {
  // What a careless cast could let through.
  const { access: _, ...rest } = sound
  const open: OperationFacts = JSON.parse(JSON.stringify(rest))
  expect(check(open)).toEqual(['acceptBooking: it has no access rule'])
  expect(check(sound)).toEqual([])
})

test('refuses one id for two operations', () => {
  expect(check(sound, { ...sound, method: 'put' })).toEqual(['acceptBooking: two operations have this id'])
})

test('refuses one place for two operations, whatever the parameter is called and the list is based on', () => {
  const other = {
    ...sound,
    id: 'takeBooking',
    path: '/bookings/{booking}/accept',
    params: { shape: { booking: {} } },
  } as const
  expect(check(sound, other)).toEqual([
    expect.stringMatching(/^acceptBooking, takeBooking: the same method and path/),
  ])
  const lists = [
    { base: '/api/v1', operations: [{ ...sound, path: '/accept', params: undefined }] as const },
    { base: '', operations: [{ ...sound, id: 'b', path: '/api/v1/accept', params: undefined }] as const },
  ]
  expect(checkOperations(lists, {})).toHaveLength(1)
  expect(check(sound, { ...other, method: 'get' })).toEqual([])
})

test('refuses a POST that creates and is not idempotent, unless it is excepted with a reason', () => {
  const creates = { ...sound, replies: { 201: null } }
  expect(check(creates)).toEqual([expect.stringContaining('set `idempotent`')])
  expect(check({ ...creates, idempotent: true })).toEqual([])
  const lists = [{ base: '', operations: [creates] }]
  expect(checkOperations(lists, { acceptBooking: 'accepting twice is accepting once' })).toEqual([])
})

test('refuses an exception that nobody needs any more', () => {
  const lists = [{ base: '', operations: [sound] }]
  expect(checkOperations(lists, { acceptBooking: 'it used to create' })).toHaveLength(1)
})

test('refuses parameters that are only in the path, or only in the schema', () => {
  expect(check({ ...sound, params: undefined })).toEqual([expect.stringContaining('{id} of its path')])
  expect(check({ ...sound, params: { shape: { id: {}, seat: {} } } })).toEqual([
    expect.stringContaining('seat of its params'),
  ])
})

const file = (path: string, name: string, id = name) => ({
  path: `workers/bookings/${path}`,
  text: `export const ${name} = operation(\n  {\n    id: '${id}',\n`,
})

test('refuses an operation that is in no list', () => {
  const source = file('accept-booking.ts', 'acceptBooking')
  expect(checkOperationFiles([source], [])).toEqual([expect.stringContaining('acceptBooking is in no list')])
  expect(checkOperationFiles([source], ['acceptBooking'])).toEqual([])
})

test('refuses a file or an id that is named otherwise than its operation', () => {
  const ids = ['acceptBooking']
  expect(checkOperationFiles([file('accept.ts', 'acceptBooking')], ids)).toEqual([
    expect.stringContaining('name it accept-booking.ts'),
  ])
  expect(checkOperationFiles([file('accept-booking.ts', 'acceptBooking', 'accept')], ids)).toEqual([
    expect.stringContaining("is not 'acceptBooking'"),
  ])
})

test('refuses two operations in a file, and leaves other files alone', () => {
  const one = file('accept-booking.ts', 'acceptBooking')
  const two = { ...one, text: one.text + file('', 'rejectBooking').text }
  expect(checkOperationFiles([two], ['acceptBooking', 'rejectBooking'])).toEqual([
    expect.stringContaining('one operation a file'),
  ])
  expect(
    checkOperationFiles([{ path: 'workers/bookings/present.ts', text: 'export const x = 1' }], []),
  ).toEqual([])
})

test('refuses two shapes of one name', () => {
  const shape = (path: string, name: string) => ({ path, text: `z.object({})\n  .openapi('${name}')` })
  expect(checkShapeNames([shape('a.ts', 'Receipt'), shape('b.ts', 'Booking')])).toEqual([])
  expect(checkShapeNames([shape('a.ts', 'Receipt'), shape('b.ts', 'Receipt')])).toEqual([
    'Receipt: two shapes have this name, in a.ts and b.ts',
  ])
})

test('refuses to make a named shape nullable', () => {
  const named = { path: 'a.ts', text: "export const Fare = z.object({}).openapi('Fare')" }
  const use = (text: string) => checkNullShapes([named, { path: 'b.ts', text }])
  expect(use('z.object({ fare: orNull(Fare), at: Instant.nullable() })')).toEqual([])
  expect(use('z.object({ fare: Fare.nullable() })')).toEqual(['b.ts: Fare has a name; say orNull(Fare)'])
})
