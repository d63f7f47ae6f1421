import { types } from 'pg'
import { expect, test } from 'vitest'
import { jsonValue } from './sql-value.ts'

const { BOOL, INT4, INT8, FLOAT8, JSONB, TEXT } = types.builtins

test.each([
  ['t', BOOL, true],
  ['f', BOOL, false],
  ['-7', INT4, -7],
  ['9007199254740993', INT8, '9007199254740993'],
  ['1.5', FLOAT8, 1.5],
  ['NaN', FLOAT8, 'NaN'],
  ['{"a":[1]}', JSONB, { a: [1] }],
  ['t', TEXT, 't'],
  ['x', undefined, 'x'],
  [null, INT4, null],
])('%j of type %s becomes %j', (text, type, value) => {
  expect(jsonValue(text, type)).toEqual(value)
})
