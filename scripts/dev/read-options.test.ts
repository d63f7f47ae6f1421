import { expect, test } from 'vitest'
import { readOptions, UsageError } from './read-options.ts'

test('without arguments the documented ports and folder are used', () => {
  expect(readOptions([])).toEqual({ port: 8787, inboxPort: 8788, data: '.margwa', reset: false })
  expect(readOptions(['--port', '9000', '--reset'])).toMatchObject({ port: 9000, reset: true })
})

test.each([
  [['--port', 'abc']],
  [['--inbox-port', '0']],
  [['--port', '70000']],
  [['--prot', '1']],
  [['extra']],
])('%j is a usage error that shows the usage', (args) => {
  expect(() => readOptions(args)).toThrow(UsageError)
  expect(() => readOptions(args)).toThrow('npm run dev --')
})
