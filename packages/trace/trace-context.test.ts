import { expect, test } from 'vitest'
import { continueTrace, formatTraceparent } from './trace-context.ts'

const incoming = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00'

test('a trace is continued with a new span and its sampling decision', () => {
  const trace = continueTrace(incoming)
  expect(trace.traceId).toBe('0af7651916cd43dd8448eb211c80319c')
  expect(trace.spanId).not.toBe('b7ad6b7169203331')
  expect(trace.sampled).toBe(false)
  expect(formatTraceparent(trace)).toMatch(/^00-0af7651916cd43dd8448eb211c80319c-[0-9a-f]{16}-00$/)
})

test.each([
  undefined,
  '',
  'garbage',
  '00-00000000000000000000000000000000-b7ad6b7169203331-01',
  incoming.toUpperCase(),
  `ff${incoming.slice(2)}`,
])('a header that is %o starts a new trace', (header) => {
  const trace = continueTrace(header)
  expect(trace.traceId).toMatch(/^[0-9a-f]{32}$/)
  expect(trace.traceId).not.toMatch(/^0+$/)
  expect(trace.traceId).not.toBe('0af7651916cd43dd8448eb211c80319c')
})
