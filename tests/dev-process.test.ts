import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type DevOptions, DevProcess, freePort } from './client/dev-process.ts'
import { readJournal } from './client/inbox.ts'
import { newAddress, newPhone, SignedIn } from './client/people.ts'

vi.setConfig({ testTimeout: 90_000 })
/** It is killed at any moment of the traffic that goes on. */
const KILL_WITHIN_MS = 600

let folder: string
let options: DevOptions
const started: DevProcess[] = []

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'margwa-dev-'))
  options = { port: await freePort(), inboxPort: await freePort(), dataDir: join(folder, 'data') }
})
afterAll(async () => {
  for (const dev of started) await dev.end('SIGTERM')
  rmSync(folder, { recursive: true, force: true })
})

async function start(more: Partial<DevOptions> = {}): Promise<DevProcess> {
  const dev = await DevProcess.start({ ...options, ...more })
  started.push(dev)
  return dev
}

function post({ url }: DevProcess, path: string, body: unknown): Promise<Response> {
  const headers = { 'content-type': 'application/json', ...newAddress() }
  return fetch(`${url}/api/v1${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
}

/** Signs somebody new in; resolves once the reply is there, so the account is committed. */
async function signUp(dev: DevProcess): Promise<{ id: string; refreshToken: string }> {
  const phone = newPhone()
  expect((await post(dev, '/auth/send-otp', { phone })).status).toBe(200)
  const [sms] = await readJournal('sms', phone, dev.inboxUrl)
  const reply = await post(dev, '/auth/verify-otp', { phone, otp: sms?.data['code'] })
  const { user, refreshToken } = SignedIn.parse(await reply.json())
  return { id: user.id, refreshToken }
}

/** Signs people in one after the other until the process is gone. */
async function signUpUntilKilled(dev: DevProcess) {
  const people: Awaited<ReturnType<typeof signUp>>[] = []
  const traffic = (async () => {
    for (;;) people.push(await signUp(dev))
  })().catch(() => undefined)
  await sleep(Math.random() * KILL_WITHIN_MS)
  expect(await dev.end('SIGKILL')).toBeNull()
  await traffic
  return people
}

/** How a process that could not start ends: with a word for people, and no stack. */
async function expectNoStart(more: Partial<DevOptions>, message: RegExp): Promise<void> {
  const elsewhere = { port: await freePort(), inboxPort: await freePort(), dataDir: join(folder, 'other') }
  const dev = new DevProcess({ ...elsewhere, ...more })
  started.push(dev)
  expect(await dev.exitCode()).toBe(1)
  expect(dev.output).toMatch(message)
  expect(dev.output).not.toMatch(/^\s+at .*:\d+:\d+/m)
}

/** The one that runs now; each test goes on where the one before it ended. */
let running: DevProcess

test('data that is broken is named, with the way out, and --reset is one', async () => {
  const { dataDir } = options
  mkdirSync(join(dataDir, 'database', 'cluster'), { recursive: true })
  writeFileSync(join(dataDir, 'database', 'cluster', 'PG_VERSION'), 'not a version')
  const [settings, file] = [join(folder, 'settings'), join(folder, 'file')]
  mkdirSync(settings)
  writeFileSync(join(settings, 'settings.json'), '{"APP_SEC')
  writeFileSync(file, '')
  await Promise.all([
    expectNoStart({ dataDir }, /cannot be opened.*delete that directory/s),
    expectNoStart({ dataDir: settings }, /settings\.json cannot be read.*Delete it/s),
    expectNoStart({ dataDir: file }, /file/),
  ])
  running = await start({ reset: true })
  await signUp(running)
})

test('whatever was committed survives a kill, and the next start works', async () => {
  const people = [await signUp(running), ...(await signUpUntilKilled(running))]
  running = await start()
  const replies = await Promise.all(
    people.map(({ refreshToken }) => post(running, '/auth/refresh-token', { refreshToken })),
  )
  expect(replies.map(({ status }) => status)).toEqual(people.map(() => 200))
  const ids = await Promise.all(replies.map(async (reply) => SignedIn.parse(await reply.json()).user.id))
  expect(ids).toEqual(people.map(({ id }) => id))
})

test('a second one on the same port or the same data says so, and the first goes on', async () => {
  const { port, inboxPort, dataDir } = options
  await Promise.all([
    expectNoStart({ port }, /Port \d+ is in use/),
    expectNoStart({ inboxPort }, /Port \d+ is in use.*--inbox-port/s),
    expectNoStart({ dataDir }, /in use by process \d+/),
    // Nor does a reset pull the data out from under it.
    expectNoStart({ dataDir, reset: true }, /in use by process \d+/),
  ])
  expect((await fetch(`${running.url}/health`)).status).toBe(200)
  await signUp(running)
})

test('asked to stop it closes everything and ends well', async () => {
  const lock = join(options.dataDir, 'database', 'lock')
  expect(existsSync(lock)).toBe(true)
  expect(await running.end('SIGTERM')).toBe(0)
  expect(existsSync(lock)).toBe(false)
})
