/** A layer: which files are in it, and what they may import. Everything that is not named is forbidden. */
export interface Layer {
  name: string
  /** Globs; a file belongs to the first layer that has it. */
  files: readonly string[]
  /** Layers it may import; a layer may always import itself, unless it is `apart`. */
  imports: readonly string[]
  /** Packages from npm, `node:*` or `cloudflare:*`; `*` for any. */
  libraries: readonly string[]
  /** Its folders know nothing of each other. */
  apart?: boolean
  /** Layers that only one file of each of its folders may import. */
  oneDoorTo?: readonly string[]
  /** What to do instead; ends the message of a violation. */
  advice?: string
}

const DATABASE = ['queries', 'schema', 'database']
const DEPLOYED = ['app', 'operations', 'services', 'events', 'files', 'gateway', 'domain', 'http', ...DATABASE]

/** The layers of docs/architecture.md, from the top down. A request goes down this list and never up. */
export const layers: readonly Layer[] = [
  {
    name: 'worker',
    files: ['workers/index.ts', 'workers/cloudflare-host.ts'],
    imports: ['app', 'services', 'gateway', 'http', 'durable-objects', 'packages'],
    libraries: ['cloudflare:*'],
  },
  {
    name: 'deno',
    files: ['workers/deno.ts', 'workers/deno/**'],
    imports: ['app', 'services', 'gateway', 'http', 'queries', 'packages'],
    libraries: ['zod', 'hono', 'sharp'],
    advice: 'Deno has no Durable Objects: what both places need belongs in packages',
  },
  {
    name: 'app',
    files: ['workers/app.ts'],
    imports: ['operations', 'services', 'http', 'packages'],
    libraries: ['hono', '@hono/zod-openapi'],
  },
  {
    name: 'operations',
    files: ['workers/operations.ts'],
    imports: ['domain', 'http'],
    libraries: [],
  },
  {
    name: 'services',
    files: ['workers/services.ts'],
    imports: ['events', 'files', 'http', ...DATABASE, 'packages'],
    libraries: ['@upstash/redis'],
    advice: 'the composition root knows no domain; what it needs of one belongs in db/queries or packages',
  },
  {
    name: 'events',
    files: ['workers/events/**'],
    imports: ['http', 'queries', 'packages'],
    libraries: ['zod'],
    advice: 'what runs after the reply calls queries and ports, never an operation',
  },
  {
    name: 'files',
    files: ['workers/files/**'],
    imports: ['http', 'queries', 'packages'],
    libraries: [],
    advice: 'it is the port `ctx.files`, for every domain that has to do with files, and knows none',
  },
  {
    name: 'http',
    files: ['workers/http/**', 'workers/testing/**', 'workers/context.ts', 'workers/env*.ts'],
    imports: [...DATABASE, 'packages'],
    libraries: ['hono', '@hono/zod-openapi', 'zod', 'jose', '@upstash/redis', '@upstash/ratelimit'],
    advice: 'it serves every domain and knows none',
  },
  {
    name: 'gateway',
    files: ['workers/realtime/gateway-backend*.ts'],
    imports: ['http', 'queries', 'packages'],
    libraries: ['zod', 'jose'],
    advice: 'what Socket.IO gateways ask goes to queries, and to operations as requests',
  },
  {
    name: 'domain',
    files: ['workers/*/**/*.ts'],
    imports: ['http', 'queries', 'schema', 'packages'],
    libraries: ['@hono/zod-openapi', 'zod', '@upstash/redis', 'libphonenumber-js'],
    apart: true,
    advice: 'call a query of db/queries, or a port on ctx (ctx.live, ctx.notify, …)',
  },
  {
    name: 'durable-objects',
    files: ['durable-objects/**'],
    imports: [...DATABASE, 'packages'],
    libraries: ['partyserver', 'zod', 'cloudflare:*'],
    oneDoorTo: DATABASE,
    advice:
      'a Durable Object adapts a kernel of packages to sockets, storage and alarms, and knows no HTTP layer',
  },
  {
    name: 'queries',
    files: ['db/queries/**'],
    imports: ['schema', 'database', 'packages'],
    libraries: ['drizzle-orm', 'zod'],
  },
  {
    name: 'schema',
    files: ['db/schema/**'],
    imports: ['packages'],
    libraries: ['drizzle-orm'],
  },
  {
    name: 'database',
    files: ['db/*.ts', 'db/testing/**'],
    imports: ['schema', 'packages'],
    libraries: ['drizzle-orm', '@neondatabase/serverless', 'zod'],
  },
  {
    name: 'local-cloud',
    files: ['packages/local-cloud/**'],
    imports: ['packages'],
    libraries: ['*'],
  },
  {
    name: 'client',
    files: ['packages/client/**'],
    imports: ['packages'],
    libraries: ['zod', 'partysocket'],
  },
  {
    name: 'packages',
    files: ['packages/**'],
    imports: [],
    libraries: [
      ...['zod', 'jose', 'libphonenumber-js', 'aws4fetch', 'image-size'],
      ...['engine.io-parser', 'socket.io-parser', 'firebase-admin'],
    ],
    advice: 'packages are pure: they take `now` and plain values, and a shell adapts them to the platform',
  },
  {
    name: 'tests',
    files: ['tests/**'],
    imports: ['scripts', 'local-cloud', 'client', 'packages'],
    libraries: ['*'],
    advice: 'a black-box suite knows a URL and nothing of what answers there',
  },
  {
    name: 'scripts',
    files: ['scripts/**', '*.config.ts'],
    imports: [...DEPLOYED, 'deno', 'local-cloud', 'client', 'packages'],
    libraries: ['*'],
  },
]

/** Never imported by what is deployed, and free to use any library. */
export const TEST_FILES = ['**/*.test.ts', '**/testing/**']
