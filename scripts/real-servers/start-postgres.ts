import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { Client } from 'pg'
import type { RealServer } from './real-server.ts'

const DEBIAN_FOLDER = '/usr/lib/postgresql'
const READY_WITHIN_MS = 20_000
const POLL_MS = 100

/** Where Debian keeps the newest PostgreSQL's programs. */
function findPrograms(): string {
  const [newest] = existsSync(DEBIAN_FOLDER)
    ? readdirSync(DEBIAN_FOLDER).toSorted((a, b) => Number(b) - Number(a))
    : []
  if (newest === undefined) {
    throw new Error('PostgreSQL is not installed: apt-get install -y postgresql-15 postgresql-15-postgis-3')
  }
  return join(DEBIAN_FOLDER, newest, 'bin')
}

/** PostgreSQL refuses to run as root: then it runs as Debian's user `postgres`. */
function unprivileged(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}

/** Starts a PostgreSQL of its own in `folder` on a loopback port, with an empty database `margwa`. Settings: `name=value`. */
export async function startPostgres(
  folder: string,
  port: number,
  settings: readonly string[] = [],
): Promise<RealServer> {
  const programs = findPrograms()
  const user = unprivileged()
  const data = join(folder, 'postgres')
  mkdirSync(data)
  if (user) chownSync(data, user.uid, user.gid)
  execFileSync(join(programs, 'initdb'), ['-D', data, '-U', 'margwa', '-A', 'trust', '-E', 'UTF8'], {
    ...user,
    cwd: data,
  })
  const own = ['max_connections=200', ...settings].flatMap((setting) => ['-c', setting])
  const options = ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', data, ...own]
  const server = spawn(join(programs, 'postgres'), options, { ...user, cwd: data, stdio: 'ignore' })
  const close = async () => {
    server.kill('SIGINT')
    if (server.exitCode === null) await once(server, 'exit')
  }
  const url = `postgres://margwa@127.0.0.1:${port}`
  await waitUntilReady(`${url}/postgres`).catch(async (error: unknown) => {
    await close()
    throw error
  })
  return { url: `${url}/margwa`, close }
}

async function waitUntilReady(url: string): Promise<void> {
  for (let waited = 0; ; waited += POLL_MS) {
    const client = new Client({ connectionString: url })
    try {
      await client.connect()
      await client.query('create database margwa')
      return
    } catch (error) {
      if (waited >= READY_WITHIN_MS) throw error
      await setTimeout(POLL_MS)
    } finally {
      await client.end().catch(() => undefined)
    }
  }
}
