import type { TestProject } from 'vitest/node'
import { LOCAL_ADMINISTRATOR } from '#packages/local-cloud/local-settings.ts'
import { migratedDump } from '../../scripts/system/migrated-dump.ts'
import { startSystem } from '../../scripts/system/start-system.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The origin of the system under test. */
    url: string
    /** The origin of its developer inbox. */
    inboxUrl: string
    /** A web origin that it lets in, if that is known. */
    allowedOrigin: string | null
    /** The place of the first trip (tests/client/trips.ts): a system that lives longer has trips of runs before. */
    firstCorridor: number
    /** Phones of administrators that its settings name. */
    administrators: string[]
  }
}

const ALLOWED_ORIGIN = 'https://app.margwa.example'
/** Every file signs one of them in, and a phone gets only so many codes. */
const ADMINISTRATORS = Array.from(
  { length: 20 },
  (_, number) => `+9199999001${String(number).padStart(2, '0')}`,
)

/**
 * Starts a fresh system in memory for the run, or takes the one at MARGWA_URL (with its inbox at MARGWA_INBOX_URL).
 * TEST_DATABASE_URL and TEST_REDIS_URL put real servers behind it; with MARGWA_RUNTIME=deno it runs in Deno.
 */
export default async function startTarget(project: TestProject): Promise<() => Promise<void>> {
  project.provide('firstCorridor', Math.floor(Math.random() * 1_000_000))
  const { MARGWA_URL, MARGWA_INBOX_URL, TEST_DATABASE_URL, TEST_REDIS_URL, MARGWA_RUNTIME } = process.env
  if (MARGWA_URL && MARGWA_INBOX_URL) {
    project.provide('url', MARGWA_URL)
    project.provide('inboxUrl', MARGWA_INBOX_URL)
    project.provide('allowedOrigin', null)
    project.provide('administrators', [LOCAL_ADMINISTRATOR])
    return async () => undefined
  }
  const onProgress = (step: string) => console.log(`  ${step} …`)
  const system = await startSystem({
    ...{ port: 0, inboxPort: 0, onProgress },
    runtime: MARGWA_RUNTIME === 'deno' ? 'deno' : 'workerd',
    databaseUrl: TEST_DATABASE_URL,
    redisUrl: TEST_REDIS_URL,
    variables: { CORS_ORIGINS: ALLOWED_ORIGIN, ADMINISTRATORS: ADMINISTRATORS.join() },
    ...(!TEST_DATABASE_URL && { dump: await migratedDump(onProgress) }),
  })
  project.provide('url', system.url)
  project.provide('inboxUrl', system.inboxUrl)
  project.provide('allowedOrigin', ALLOWED_ORIGIN)
  project.provide('administrators', ADMINISTRATORS)
  return system.close
}
