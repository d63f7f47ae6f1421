import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import { LOCAL_HOSTS, localSettings } from '#packages/local-cloud/local-settings.ts'
import { projectPath } from './project.ts'
import { runDeno } from './run-deno.ts'

const START_MS = 20_000

/** The application in Deno, with nothing behind its egress but a list of what was asked for. */
async function start(more: Record<string, string> = {}) {
  const asked: { url: string; body: string }[] = []
  const options = {
    port: 0,
    scriptPath: projectPath('workers/deno.ts'),
    variables: { ...(await localSettings('http://localhost')), ...more },
    egress: async (request: Request) => {
      asked.push({ url: request.url, body: await request.text() })
      return Response.json({ error: 'nothing is here' }, { status: 503 })
    },
  }
  const deno = await runDeno(options)
  onTestFinished(() => deno.close())
  return { deno, asked, options }
}

const isAlive = async (url: string) =>
  fetch(new URL('/openapi.json', url)).then(
    (reply) => reply.ok,
    () => false,
  )

test('what it asks for leaves by the egress; it ticks, starts again at its address, and ends', {
  timeout: START_MS,
}, async () => {
  const { deno, asked, options } = await start()
  const health = await fetch(new URL('/health', deno.url))
  await health.text()
  expect(asked.map(({ url }) => new URL(url).hostname)).toContain(LOCAL_HOSTS.database)
  asked.length = 0
  await deno.tick()
  expect(asked.map(({ body }) => body).join('')).toContain('update outbox')
  await deno.reload(options)
  expect(await isAlive(deno.url)).toBe(true)
  await deno.close()
  expect(await isAlive(deno.url)).toBe(false)
})

test('without its settings it says which, and does not start', { timeout: START_MS }, async () => {
  await expect(start({ APP_SECRET: 'short' })).rejects.toThrow('Deno ended with 1 before it listened')
})

test('it does not outlive a parent that is killed', { timeout: START_MS }, async () => {
  const script = `
    import { localSettings } from '#packages/local-cloud/local-settings.ts'
    import { runDeno } from './scripts/system/run-deno.ts'
    const variables = await localSettings('http://localhost')
    const egress = async () => new Response(null, { status: 503 })
    console.log((await runDeno({ port: 0, scriptPath: 'workers/deno.ts', variables, egress })).url)`
  const parent = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: projectPath('.'),
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void parent.kill('SIGKILL'))
  const [url] = await once(createInterface(parent.stdout), 'line')
  expect(await isAlive(String(url))).toBe(true)
  parent.kill('SIGKILL')
  await once(parent, 'exit')
  for (let waited = 0; waited < 2000 && (await isAlive(String(url))); waited += 50) await sleep(50)
  expect(await isAlive(String(url))).toBe(false)
})

test('all of it has the types that Deno sees', { timeout: START_MS }, async () => {
  const env = { ...process.env, DENO_DIR: projectPath('node_modules/.cache/deno'), NO_COLOR: '1' }
  const deno = projectPath('node_modules/.bin/deno')
  const check = promisify(execFile)(deno, ['check', '--cached-only', 'workers/deno.ts'], {
    cwd: projectPath('.'),
    env,
  })
  await expect(check).resolves.toMatchObject({ stdout: '' })
})
