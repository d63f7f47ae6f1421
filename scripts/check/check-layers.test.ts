import { expect, test } from 'vitest'
import { projectPath } from '../system/project.ts'
import { checkLayers } from './check-layers.ts'
import { CODE, readSources } from './read-sources.ts'

const check = (path: string, ...specifiers: string[]) =>
  checkLayers([{ path, text: specifiers.map((each) => `import { x } from '${each}'\n`).join('') }])

test('this project keeps its layers', () => {
  const sources = readSources(projectPath('.'), CODE)
  expect(sources.length).toBeGreaterThan(100)
  expect(checkLayers(sources)).toEqual([])
})

test.each([
  ['a package reaches up', 'packages/fares/fare.ts', '#db/client.ts', /packages may not import database/],
  ['a package knows the platform', 'packages/fares/fare.ts', 'cloudflare:workers', /may not use cloudflare:\*/],
  ['a package needs Node', 'packages/fares/fare.ts', 'node:fs', /may not use node:\*/],
  ['a package needs Node, the old way', 'packages/fares/fare.ts', 'fs', /may not use node:\*/],
  ['a package speaks HTTP', 'packages/fares/fare.ts', 'hono/cors', /may not use hono/],
  [
    'a package needs the local cloud',
    'packages/fares/fare.ts',
    '../local-cloud/egress.ts',
    /packages may not import local-cloud/,
  ],
  [
    'a query knows HTTP',
    'db/queries/rides/load-ride.ts',
    '#workers/http/reply.ts',
    /queries may not import http/,
  ],
  [
    'a query opens its own connection',
    'db/queries/rides/load-ride.ts',
    '@neondatabase/serverless',
    /may not use @neon/,
  ],
  [
    'the schema queries',
    'db/schema/rides.ts',
    '../queries/rides/load-ride.ts',
    /schema may not import queries/,
  ],
  ['a domain writes SQL', 'workers/rides/get-ride.ts', 'drizzle-orm', /may not use drizzle-orm/],
  [
    'a domain opens the database',
    'workers/rides/get-ride.ts',
    '#db/client.ts',
    /domain may not import database/,
  ],
  [
    'a domain calls another',
    'workers/rides/get-ride.ts',
    '../bookings/present.ts',
    /stay apart.*query of db\/queries/,
  ],
  [
    'a domain reaches a Durable Object',
    'workers/rides/join-ride.ts',
    '#durable-objects/index.ts',
    /may not import durable-objects/,
  ],
  [
    'a domain reads the list it is in',
    'workers/rides/get-ride.ts',
    '../operations.ts',
    /may not import operations/,
  ],
  ['the HTTP layer knows a domain', 'workers/http/edge.ts', '../auth/otp.ts', /http may not import domain/],
  [
    'the composition root knows a domain',
    'workers/services.ts',
    './auth/otp.ts',
    /services may not import domain/,
  ],
  [
    'the application reaches a Durable Object',
    'workers/app.ts',
    '#durable-objects/index.ts',
    /may not import durable-objects/,
  ],
  ['a Durable Object knows HTTP', 'durable-objects/ride-room/ride-room.ts', 'hono', /may not use hono/],
  [
    'a Durable Object reaches up',
    'durable-objects/ride-room/ride-room.ts',
    '#workers/context.ts',
    /may not import http/,
  ],
  ['a black-box test looks inside', 'tests/booking.test.ts', '#workers/app.ts', /tests may not import app/],
  ['the product needs a script', 'workers/app.ts', '../scripts/dev.ts', /app may not import scripts/],
  ['the product needs a fixture', 'packages/ride-room/room.ts', './testing/fake-shell.ts', /only tests may/],
  ['the target is nowhere', 'workers/app.ts', '../elsewhere/thing.ts', /belongs to no layer/],
])('refuses when %s', (_, path, specifier, message) => {
  expect(check(path, specifier)).toEqual([expect.stringMatching(message)])
})

test('refuses the import of a type like any other', () => {
  const text = "import type { SQL } from 'drizzle-orm'"
  expect(checkLayers([{ path: 'workers/rides/get-ride.ts', text }])).toHaveLength(1)
})

test('refuses a file that belongs to no layer', () => {
  expect(check('workers/stray.ts')).toEqual(['workers/stray.ts belongs to no layer of scripts/check/layers.ts'])
})

test('refuses a second way from a Durable Object to the database, and allows the first', () => {
  const text = "import { loadRide } from '#db/queries/rides/load-rides.ts'"
  const files = ['ride-room/a.ts', 'ride-room/b.ts', 'user-hub/c.ts'].map((name) => ({
    path: `durable-objects/${name}`,
    text,
  }))
  expect(checkLayers(files)).toEqual([
    expect.stringContaining('durable-objects/ride-room reaches the database through'),
  ])
  expect(checkLayers(files.slice(1))).toEqual([])
})

test('lets tests use any library, fixtures and the local cloud, but not look up', () => {
  expect(check('packages/fares/fare.test.ts', 'node:fs', 'fast-check', '../geo/testing/box.ts')).toEqual([])
  expect(check('db/testing/open-database.ts', '#packages/local-cloud/database/start-database.ts')).toEqual([])
  expect(check('packages/fares/fare.test.ts', '#workers/context.ts')).toHaveLength(1)
})
