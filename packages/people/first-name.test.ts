import { expect, test } from 'vitest'
import { firstName } from './first-name.ts'

test.each([
  ['Asha Rao', 'Asha'],
  ['  Mohammed  Irfan Khan ', 'Mohammed'],
  ['ಆಶಾ ರಾವ್', 'ಆಶಾ'],
  ['', null],
  [' ', null],
  [null, null],
])('of %j strangers hear %j', (name, first) => expect(firstName(name)).toBe(first))
