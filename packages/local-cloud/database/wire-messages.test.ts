import { expect, test } from 'vitest'
import { errorResponse, readyForQuery, splitReady } from './wire-messages.ts'

const error = errorResponse('ERROR', '55P03', 'canceling statement')

test('all ReadyForQuery messages at the end are split off; the last one counts', () => {
  expect(splitReady(Buffer.concat([error, readyForQuery('T'), readyForQuery('E')]))).toEqual({
    body: error,
    status: 'E',
  })
})

test('a reply without one has no status', () => {
  expect(splitReady(error)).toEqual({ body: error, status: undefined })
  expect(splitReady(Buffer.alloc(0))).toEqual({ body: Buffer.alloc(0), status: undefined })
})

test('an ErrorResponse is laid out as documented', () => {
  expect(error.toString('latin1')).toBe('E\0\0\0/SERROR\0VERROR\0C55P03\0Mcanceling statement\0\0')
  expect(error.readUInt32BE(1)).toBe(error.length - 1)
})
