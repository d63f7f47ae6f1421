import { expect, test } from 'vitest'
import { checkDocPaths } from './check-doc-paths.ts'

const there = new Set(['workers/app.ts', 'packages', 'packages/geo', 'docs/decisions.md', 'migrations/*.sql'])
const tree = {
  topFolders: ['workers', 'packages', 'docs', 'migrations'],
  exists: (path: string) => there.has(path),
}
const check = (text: string) => checkDocPaths([{ path: 'docs/architecture.md', text }], tree)

test('accepts what is there: files, lines of files, folders, globs, links', () => {
  expect(check('`workers/app.ts:12`, `packages/geo/`, `migrations/*.sql`, [why](decisions.md#money)')).toEqual(
    [],
  )
})

test.each([
  ['file', 'See\n`workers/old.ts`.', 'docs/architecture.md:2 names workers/old.ts, which does not exist'],
  ['folder', '`packages/moved`', 'docs/architecture.md:1 names packages/moved, which does not exist'],
  [
    'path that is not from the root',
    '`http/edge.ts`',
    'docs/architecture.md:1 names http/edge.ts, which does not exist',
  ],
  ['link', '[old](../README.md)', 'docs/architecture.md:1 names README.md, which does not exist'],
])('refuses a %s that is gone', (_, text, failure) => {
  expect(check(text)).toEqual([failure])
})

test('leaves alone what is no path: operations, media types, placeholders, packages, commands, addresses', () => {
  const prose =
    '`/bookings/{id}` `application/json` `workers/<domain>/` `hono/cors` `npm run check` `https://a.b/c.ts`'
  expect(check(`${prose} [site](https://a.b/c) [part](#part)`)).toEqual([])
  expect(check('```\n`workers/old.ts`\n```\n')).toEqual([])
})
