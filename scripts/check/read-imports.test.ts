import { expect, test } from 'vitest'
import { readImports } from './read-imports.ts'

const targets = (text: string, path = 'workers/rides/get-ride.ts') =>
  readImports({ path, text }).map(({ target, typeOnly }) => (typeOnly ? `type ${target}` : target))

test('finds every form of an import, in order', () => {
  const text = [
    "import 'zod/locales'",
    "import pc, { createColors } from 'picocolors'",
    "import * as fc from 'fast-check'",
    "import type { Db } from '#db/client.ts'",
    'import {',
    '  type Ride,',
    '  loadRide,',
    "} from '#db/queries/rides/load-rides.ts'",
    "export * from './present.ts'",
    "export type { Ctx } from '../context.ts'",
    "const later = await import('../http/log.ts')",
    "type Log = typeof import('../http/log.ts')",
  ].join('\n')
  expect(targets(text)).toEqual([
    'zod/locales',
    'picocolors',
    'fast-check',
    'type db/client.ts',
    'db/queries/rides/load-rides.ts',
    'workers/rides/present.ts',
    'type workers/context.ts',
    'workers/http/log.ts',
    'type workers/http/log.ts',
  ])
})

test('takes an import whose names are all types for one that is loaded', () => {
  expect(targets("import { type Ride } from './contract.ts'")).toEqual(['workers/rides/contract.ts'])
})

test('reads no import into other code', () => {
  const text = [
    "export const from = 'hono'",
    '// import as in',
    "export function importFrom(a: number) { return a + 'drizzle-orm' }",
    "  import 'indented'",
  ].join('\n')
  expect(targets(text)).toEqual([])
})

test('says in which line', () => {
  const [first, second] = readImports({ path: 'a.ts', text: "\nimport 'x'\n\nimport {\n  y,\n} from 'y'\n" })
  expect([first?.line, second?.line]).toEqual([2, 4])
})
