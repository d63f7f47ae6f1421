import { request as rawRequest } from 'node:http'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { createEgress } from '../egress.ts'
import { Journal } from '../stand-ins/journal.ts'
import { createRazorpay } from '../stand-ins/razorpay/razorpay.ts'
import type { HttpServer } from './serve-http.ts'
import { startInbox } from './start-inbox.ts'

const START = Date.UTC(2026, 10, 22)
const Items = z.object({ items: z.array(z.looseObject({ id: z.unknown(), summary: z.string().optional() })) })
let now = START
let journal: Journal
let razorpay: ReturnType<typeof createRazorpay>
let egress: ReturnType<typeof createEgress>
let inbox: HttpServer

beforeEach(async () => {
  now = START
  journal = new Journal(() => now)
  razorpay = createRazorpay({ journal, keyId: 'k', keySecret: 's', webhookSecret: 'w', payoutAccount: '1' })
  egress = createEgress({ 'local.upstash.io': async () => new Response('redis') })
  const routes = { 'GET /api/status': async () => Response.json({ fine: true }) }
  inbox = await startInbox({ port: 0, host: '127.0.0.1', journal, razorpay, egress, routes })
})
afterEach(async () => {
  await inbox.close()
  await razorpay.close()
})

const callRedis = async () => (await egress(new Request('https://local.upstash.io/'))).status
const listen = async (signal: AbortSignal) => (await fetch(`${inbox.url}/api/events`, { signal })).status
const read = async (path: string) => Items.parse(await (await fetch(inbox.url + path)).json()).items
const post = (path: string, body?: unknown, headers: Record<string, string> = {}) =>
  fetch(inbox.url + path, { method: 'POST', body: JSON.stringify(body ?? {}), headers })

/** fetch does not let one choose the Host header; a rebound name would. */
function statusFor(method: string, headers: Record<string, string>, path = '/api/journal'): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  const outgoing = rawRequest(inbox.url + path, { method, headers }, (incoming) => {
    incoming.resume()
    resolve(incoming.statusCode ?? 0)
  })
  outgoing.on('error', reject)
  outgoing.end()
  return promise
}

test('the journal is read by kind, receiver and time, newest first', async () => {
  journal.add('sms', 'one', {}, '+919876543210')
  now += 1000
  journal.add('sms', 'two', {}, '+919876543210')
  journal.add('push', 'three', {}, 'device')
  expect((await read('/api/journal')).map(({ summary }) => summary)).toEqual(['three', 'two', 'one'])
  const phone = '/api/journal?kind=sms&to='
  expect(await read(`${phone}%2B919876543210`)).toHaveLength(2)
  expect(await read(`${phone}+919876543210&limit=1`)).toMatchObject([{ summary: 'two' }])
  expect(await read(`${phone}+919876543210&after=${new Date(START).toISOString()}`)).toMatchObject([
    { summary: 'two' },
  ])
})

test.each(['kind=letter', 'after=yesterday', 'limit=0', 'limit=x'])('%s is no query', async (query) => {
  expect((await fetch(`${inbox.url}/api/journal?${query}`)).status).toBe(400)
})

test('the journal can be emptied', async () => {
  journal.add('sms', 'one', {})
  expect((await fetch(`${inbox.url}/api/journal`, { method: 'DELETE' })).status).toBe(204)
  expect(await read('/api/journal')).toEqual([])
})

test('hosts are switched off and on', async () => {
  expect((await post('/api/faults', { host: 'local.upstash.io', mode: 'refuse' })).status).toBe(200)
  expect(await callRedis()).toBe(503)
  expect(await (await fetch(`${inbox.url}/api/faults`)).json()).toEqual({
    items: [{ host: 'local.upstash.io', mode: 'refuse' }],
  })
  await post('/api/faults', { host: 'local.upstash.io', mode: null })
  expect(await callRedis()).toBe(200)
  expect((await post('/api/faults', { host: 'example.com', mode: 'refuse' })).status).toBe(404)
  expect((await post('/api/faults', { host: 'local.upstash.io', mode: 'explode' })).status).toBe(400)
})

test('a foreign name or origin is refused, the own one is not', async () => {
  const { host, port } = new URL(inbox.url)
  expect(await statusFor('GET', { host })).toBe(200)
  expect(await statusFor('GET', { host: `localhost:${port}` })).toBe(200)
  for (const foreign of [
    'evil.example',
    `evil.example:${port}`,
    `127.0.0.1.evil.example:${port}`,
    'a@evil.example',
    `a@localhost:${port}`,
  ]) {
    expect(await statusFor('GET', { host: foreign }), foreign).toBe(403)
  }
  const remove = (origin: string) => statusFor('DELETE', { host, origin })
  for (const foreign of [
    'https://evil.example',
    'null',
    `http://127.0.0.1:1`,
    `http://${host}.evil.example`,
    'nonsense',
  ]) {
    expect(await remove(foreign), foreign).toBe(403)
  }
  expect(await remove(`http://${host}`)).toBe(204)
})

test('the page and its parts are served with a policy that lets nothing else in', async () => {
  const page = await fetch(inbox.url)
  const html = await page.text()
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
  const parts = [...html.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, path = '']) => path)
  expect(parts.length).toBeGreaterThan(2)
  const modules = [
    '/actions.js',
    '/cards.js',
    '/elements.js',
    '/money-cards.js',
    '/checkout.js',
    '/checkout.css',
  ]
  for (const path of [...parts, ...modules]) {
    const part = await fetch(inbox.url + path)
    expect([part.status, part.headers.get('x-content-type-options')]).toEqual([200, 'nosniff'])
    const text = await part.text()
    expect(text).not.toMatch(/https?:\/\//)
    expect(text).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b/)
  }
  for (const path of ['/page/app.js', '/../start-inbox.ts', '/api/nothing']) {
    expect((await fetch(inbox.url + path)).status).toBe(404)
  }
})

test('own routes stand beside the built-in ones', async () => {
  expect(await (await fetch(`${inbox.url}/api/status`)).json()).toEqual({ fine: true })
})

test('changes are streamed until the reader leaves', async () => {
  const reading = new AbortController()
  const stream = await fetch(`${inbox.url}/api/events`, { signal: reading.signal })
  expect(stream.headers.get('content-type')).toContain('text/event-stream')
  const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader()
  const next = async () => (await reader?.read())?.value ?? ''
  expect(await next()).toContain('retry:')
  journal.add('sms', 'line\nbreak', {})
  expect(await next()).toMatch(/^event: entry\ndata: \{.*"line\\nbreak".*\}\n\n$/)
  await post('/api/faults', { host: 'local.upstash.io', mode: 'hang' })
  expect(await next()).toBe('event: change\ndata: {}\n\n')
  reading.abort()
})

test('streams are few, and a closed one makes room', async () => {
  const first = new AbortController()
  const rest = new AbortController()
  const statuses = [await listen(first.signal)]
  for (let i = 0; i < 50; i++) statuses.push(await listen(rest.signal))
  expect([statuses.at(-2), statuses.at(-1)]).toEqual([200, 503])
  first.abort()
  await expect.poll(() => listen(rest.signal)).toBe(200)
  rest.abort()
})
