import { DrizzleQueryError } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { jsonLog, redact } from './log.ts'

test('secret fields are redacted at any depth, the rest stays', () => {
  const fields = {
    userId: 'u1',
    accessToken: 'eyJ…',
    nested: [{ phone: '+919876543210', boardingCode: '1234', status: 200 }],
    headers: { Authorization: 'Bearer x', cookie: 'y' },
  }
  expect(redact(fields)).toEqual({
    userId: 'u1',
    accessToken: '[redacted]',
    nested: [{ phone: '[redacted]', boardingCode: '[redacted]', status: 200 }],
    headers: { Authorization: '[redacted]', cookie: '[redacted]' },
  })
})

test('a line is one JSON object with level, time and message', () => {
  const lines: string[] = []
  jsonLog(
    (line) => lines.push(line),
    () => 0,
  ).warn('slow', { milliseconds: 7, otp: '123456' })
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    { level: 'warn', time: '1970-01-01T00:00:00.000Z', message: 'slow', milliseconds: 7, otp: '[redacted]' },
  ])
})

test('of a database error the state and the constraint are told, never its text or parameters', () => {
  const cause = Object.assign(new Error('Key (phone)=(+919876543210) already exists.'), {
    severity: 'ERROR',
    code: '23505',
    constraint: 'users_phone_key',
  })
  const told = JSON.stringify(redact({ error: new DrizzleQueryError('insert … $1', ['+919876543210'], cause) }))
  expect(told).toContain('users_phone_key')
  expect(told).toContain('23505')
  expect(told).not.toContain('9876543210')
})
