import { expect, test } from 'vitest'
import { closeReasons } from './close-codes.ts'

test.each(Object.entries(closeReasons))('%s can be sent in a Close frame', (reason, { code }) => {
  // RFC 6455: 1004 to 1006 and 1015 may not be sent, 4000 to 4999 are the application's.
  expect([1003, 1009, 1011].includes(code) || (code >= 4000 && code <= 4999)).toBe(true)
  expect(reason.length).toBeLessThanOrEqual(123)
})
