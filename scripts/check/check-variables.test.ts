import { expect, test } from 'vitest'
import { checkVariables } from './check-variables.ts'

test('accepts the same names, each explained', () => {
  expect(checkVariables('# Where.\n\n# A key.\nKEY="a"\n# A url.\nURL="b"\n', ['URL', 'KEY'])).toEqual([])
})

test.each([
  ['is missing', '# A key.\nKEY="a"', ['KEY', 'URL'], 'URL is read, but not in the example'],
  ['is read by nothing', '# A key.\nKEY="a"', [], 'KEY is in the example, but nothing reads it'],
  ['is there twice', '# A key.\nKEY="a"\n# Again.\nKEY="b"', ['KEY'], 'KEY is there twice'],
  ['is not explained', 'KEY="a"', ['KEY'], 'KEY has no line that explains it'],
])('refuses a variable that %s', (_, example, names, message) => {
  expect(checkVariables(example, names)).toEqual([message])
})
