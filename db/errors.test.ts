import { NeonDbError } from '@neondatabase/serverless'
import { DrizzleQueryError } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { databaseProblem } from './errors.ts'

function neonError(fields: Partial<NeonDbError>): NeonDbError {
  return Object.assign(new NeonDbError('secret row values'), fields)
}

test('a violated constraint is the problem it stands for, bare or inside drizzle’s error', () => {
  const error = neonError({ code: '23514', constraint: 'ride_legs_taken_check' })
  expect(databaseProblem(error)).toMatchObject({ code: 'ride_full', status: 409 })
  expect(databaseProblem(new DrizzleQueryError('update …', [], error))).toMatchObject({ code: 'ride_full' })
})

test.each([undefined, '08006', '53300', '57014', '57P01', '55P03', '40P01', '40001'])(
  'SQLSTATE %s means: not now, try again',
  (code) => {
    const problem = databaseProblem(neonError({ code }))
    expect(problem).toMatchObject({ code: 'dependency_unavailable', status: 503, retryAfter: 1 })
  },
)

test('an answer that was given up while it was read means so too', () => {
  const problem = databaseProblem(new DOMException('The operation was aborted due to timeout', 'TimeoutError'))
  expect(problem).toMatchObject({ code: 'dependency_unavailable', status: 503, retryAfter: 1 })
})

test('a constraint nobody explained is our bug, and its text stays inside', () => {
  const problem = databaseProblem(neonError({ code: '23502', constraint: 'users_name_not_null' }))
  expect(problem).toMatchObject({ code: 'internal', status: 500 })
  expect(problem?.message).not.toContain('secret')
})

test('an error that is not the database’s is left to others', () => {
  expect(databaseProblem(new TypeError('x'))).toBeUndefined()
  expect(databaseProblem(new DrizzleQueryError('select', [], new TypeError('x')))).toBeUndefined()
})
