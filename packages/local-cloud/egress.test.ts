import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createEgress, HANG_MS } from './egress.ts'

const named = (name: string) => async () => new Response(name)
const refused: string[] = []
const create = () =>
  createEgress(
    {
      'api.razorpay.com': named('razorpay'),
      '*.neon.tech': named('neon'),
      '*.eu.neon.tech': named('neon-eu'),
      'ep-1.neon.tech': named('ep-1'),
    },
    (url) => refused.push(url),
    { '127.0.0.1:4321': '*.neon.tech' },
  )
let egress = create()

beforeEach(() => {
  refused.length = 0
  egress = create()
})
afterEach(() => {
  vi.useRealTimers()
})

const text = async (url: string) => (await egress(new Request(url))).text()

test('the exact name wins, then the longest suffix', async () => {
  expect(await text('https://api.razorpay.com/v1/orders')).toBe('razorpay')
  expect(await text('https://ep-1.neon.tech/sql')).toBe('ep-1')
  expect(await text('https://ep-2.neon.tech/sql')).toBe('neon')
  expect(await text('https://ep-2.eu.neon.tech:8443/sql')).toBe('neon-eu')
})

test.each([
  'https://example.com/x',
  'https://neon.tech/',
  'https://evilneon.tech/',
  'https://api.razorpay.com.evil.org/',
  'http://127.0.0.1/',
  'http://127.0.0.1:4322/',
  'https://constructor/',
])('%s is refused by name and never reached', async (url) => {
  const network = vi.spyOn(globalThis, 'fetch')
  const response = await egress(new Request(url))
  expect(response.status).toBe(502)
  expect(await response.json()).toEqual({ error: expect.stringContaining(new URL(url).hostname) })
  expect(refused).toEqual([url])
  expect(network).not.toHaveBeenCalled()
})

test('a host can refuse and recover', async () => {
  egress.setDown('*.neon.tech', 'refuse')
  expect((await egress(new Request('https://ep-2.neon.tech/sql'))).status).toBe(503)
  expect(await text('https://ep-1.neon.tech/sql')).toBe('ep-1')
  expect(egress.hosts()).toContainEqual({ host: '*.neon.tech', mode: 'refuse' })
  egress.setDown('*.neon.tech', undefined)
  expect(await text('https://ep-2.neon.tech/sql')).toBe('neon')
  expect(refused).toEqual([])
})

test('a host can answer garbage: a 200 that is no JSON', async () => {
  egress.setDown('api.razorpay.com', 'garbage')
  const response = await egress(new Request('https://api.razorpay.com/v1/orders'))
  expect(response.status).toBe(200)
  await expect(response.json()).rejects.toThrow(SyntaxError)
})

test('a hanging host answers nothing until the caller leaves', async () => {
  egress.setDown('api.razorpay.com', 'hang')
  const caller = new AbortController()
  const pending = egress(new Request('https://api.razorpay.com/', { signal: caller.signal }))
  await expect(Promise.race([pending, Promise.resolve('silence')])).resolves.toBe('silence')
  caller.abort(new Error('tired of waiting'))
  await expect(pending).rejects.toThrow('tired of waiting')
  await expect(
    egress(new Request('https://api.razorpay.com/', { signal: AbortSignal.abort() })),
  ).rejects.toThrow()
})

test('a hanging host gives up in the end', async () => {
  vi.useFakeTimers()
  egress.setDown('api.razorpay.com', 'hang')
  const pending = egress(new Request('https://api.razorpay.com/'))
  await vi.advanceTimersByTimeAsync(HANG_MS)
  expect((await pending).status).toBe(504)
})

test('another address of a host leads to it, and is broken with it', async () => {
  expect(await text('http://127.0.0.1:4321/sql')).toBe('neon')
  egress.setDown('*.neon.tech', 'refuse')
  expect((await egress(new Request('http://127.0.0.1:4321/sql'))).status).toBe(503)
  expect(() => egress.setDown('127.0.0.1:4321', 'refuse')).toThrow('No route')
})

test('only routed hosts can be broken', () => {
  expect(() => egress.setDown('example.com', 'refuse')).toThrow('No route')
  expect(() => egress.setDown('ep-2.neon.tech', 'refuse')).toThrow('No route')
})
