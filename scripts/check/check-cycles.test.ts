import { expect, test } from 'vitest'
import { projectPath } from '../system/project.ts'
import { checkCycles } from './check-cycles.ts'
import { CODE, readSources } from './read-sources.ts'

const check = (files: Record<string, string>) =>
  checkCycles(Object.entries(files).map(([path, text]) => ({ path, text })))

test('this project has no cycles', () => {
  expect(checkCycles(readSources(projectPath('.'), CODE))).toEqual([])
})

test('refuses files that import each other', () => {
  const failures = check({
    'packages/ride/a.ts': "import { b } from './b.ts'",
    'packages/ride/b.ts': "import { a } from './a.ts'",
  })
  expect(failures).toEqual([
    'files import each other: packages/ride/a.ts → packages/ride/b.ts → packages/ride/a.ts',
  ])
})

test('refuses folders that import each other, though no file does', () => {
  const failures = check({
    'packages/ride/a.ts': "import { b } from '#packages/geo/b.ts'",
    'packages/ride/c.ts': '',
    'packages/geo/b.ts': '',
    'packages/geo/d.ts': "import { c } from '#packages/ride/c.ts'",
  })
  expect(failures).toEqual(['folders import each other: packages/geo → packages/ride → packages/geo'])
})

test('allows a circle of types', () => {
  const failures = check({
    'workers/context.ts': "import type { Log } from './http/log.ts'",
    'workers/http/log.ts': "import type { Ctx } from '../context.ts'",
    'workers/http/edge.ts': "import type { Ctx } from '../context.ts'",
  })
  expect(failures).toEqual([])
})

test('allows tests of two folders to share fixtures', () => {
  const failures = check({
    'packages/ride/a.test.ts': "import { b } from '../geo/testing/b.ts'",
    'packages/geo/testing/b.ts': "import { c } from '#packages/ride/c.ts'",
    'packages/ride/c.ts': '',
  })
  expect(failures).toEqual([])
})
