import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from './real-servers/free-port.ts'
import type { RealServer } from './real-servers/real-server.ts'
import { startPostgres } from './real-servers/start-postgres.ts'
import { startRedisServer } from './real-servers/start-redis-server.ts'

/**
 * `node scripts/with-real-servers.ts COMMAND …`: starts PostgreSQL with PostGIS and Redis from Debian's packages in a
 * temporary folder, runs the command with TEST_DATABASE_URL and TEST_REDIS_URL, and takes everything down. To use
 * servers of your own, set the two variables yourself and run the command without this.
 */
async function withRealServers([program, ...args]: readonly string[]): Promise<number> {
  if (program === undefined) throw new Error('Name the command to run')
  const folder = mkdtempSync(join(tmpdir(), 'margwa-servers-'))
  // PostgreSQL may run as another user.
  chmodSync(folder, 0o755)
  const servers: RealServer[] = []
  try {
    const postgres = await startPostgres(folder, await freePort())
    servers.push(postgres)
    const redis = await startRedisServer(folder, await freePort())
    servers.push(redis)
    console.log(`  PostgreSQL ${postgres.url}\n  Redis      ${redis.url}\n`)
    const env = { ...process.env, TEST_DATABASE_URL: postgres.url, TEST_REDIS_URL: redis.url }
    const child = spawn(program, args, { stdio: 'inherit', env })
    const [code] = await once(child, 'exit')
    return typeof code === 'number' ? code : 1
  } finally {
    for (const server of servers.toReversed()) await server.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

process.exitCode = await withRealServers(process.argv.slice(2))
