import { expect, inject, test } from 'vitest'
import { z } from 'zod'
import { type ApiReply, call, expectBody } from './client/api.ts'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

test('a request id that looks like one is kept, anything else replaced', async () => {
  const idOf = async (offered: string) => {
    const reply = await call('GET', '/health', { headers: { 'x-request-id': offered } })
    return reply.headers.get('x-request-id')
  }
  expect(await idOf('order-4711_b')).toBe('order-4711_b')
  for (const bad of ['short', 'x'.repeat(65), 'has spaces in it', '"><script>alert(1)', 'a;b=c;d=eeeee'])
    expect(await idOf(bad)).toMatch(UUID)
})

test('a trace is continued with a span of our own; a broken one is not', async () => {
  const traceOf = async (offered: string) => {
    const { headers } = await call('GET', '/health', { headers: { traceparent: offered } })
    return headers.get('traceparent')?.split('-') ?? []
  }
  const [trace, span] = ['4bf92f3577b34da6a3ce929d0e0e4736', '00f067aa0ba902b7']
  for (const flags of ['01', '00']) {
    const [version, continued, own, sampled] = await traceOf(`00-${trace}-${span}-${flags}`)
    expect([version, continued, sampled]).toEqual(['00', trace, flags])
    expect(own).toMatch(/^[0-9a-f]{16}$/)
    expect(own).not.toBe(span)
  }
  for (const bad of ['nonsense', `00-${'0'.repeat(32)}-${span}-01`, `00-${trace}-${'0'.repeat(16)}-01`]) {
    const [, fresh] = await traceOf(bad)
    expect(fresh).toMatch(/^(?=.*[1-9a-f])[0-9a-f]{32}$/)
    expect(fresh).not.toBe(trace)
  }
})

test('every reply, good or bad, is safe from caches, frames and guesses', async () => {
  const replies: ApiReply[] = [
    await call('GET', '/health'),
    await call('GET', '/api/v1/nothing'),
    await call('GET', '/api/v1/bookings'),
    await call('POST', '/api/v1/auth/send-otp', { rawBody: '{' }),
  ]
  for (const { headers } of replies) {
    expect(Object.fromEntries(headers)).toMatchObject({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'strict-transport-security': expect.stringMatching(/^max-age=\d{8,}/),
      'content-security-policy': expect.stringContaining("frame-ancestors 'none'"),
    })
    expect(headers.has('x-powered-by')).toBe(false)
    expect(headers.has('access-control-allow-origin')).toBe(false)
  }
})

test('a refusal says nothing of what is inside', async () => {
  const reply = await call('GET', '/api/v1/bookings', { token: 'x' })
  const problem = expectBody(reply, 401, z.record(z.string(), z.unknown()))
  expect(Object.keys(problem).toSorted()).toEqual(['code', 'requestId', 'status', 'title', 'type'])
})

const allowedOrigin = inject('allowedOrigin')
const preflight = { 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' }

test('a foreign origin is let in nowhere', async () => {
  for (const origin of ['https://evil.example', 'null', `${allowedOrigin}.evil.example`]) {
    for (const options of [
      { method: 'GET', headers: { origin } },
      { method: 'OPTIONS', headers: { origin, ...preflight } },
    ]) {
      const { headers } = await fetch(new URL('/health', inject('url')), options)
      expect(headers.get('access-control-allow-origin')).toBeNull()
    }
  }
})

test.skipIf(allowedOrigin === null)('an origin of ours is let in, and may read what it needs', async () => {
  const origin = allowedOrigin ?? ''
  const asked = await fetch(new URL('/api/v1/bookings', inject('url')), {
    method: 'OPTIONS',
    headers: { origin, ...preflight },
  })
  expect(asked.status).toBe(204)
  expect(asked.headers.get('access-control-allow-origin')).toBe(origin)
  expect(asked.headers.get('access-control-allow-methods')).toContain('POST')
  expect(asked.headers.get('access-control-allow-headers')?.toLowerCase()).toContain('authorization')
  const { status, headers } = await call('GET', '/api/v1/bookings', { headers: { origin } })
  expect([status, headers.get('access-control-allow-origin')]).toEqual([401, origin])
  expect(headers.get('access-control-expose-headers')).toContain('X-Request-Id')
  expect(headers.get('vary')).toContain('Origin')
})

test('HEAD answers as GET does, without the body', async () => {
  for (const [path, status] of [
    ['/health', 200],
    ['/api/v1/bookings', 401],
    ['/nothing', 404],
  ] as const) {
    const reply = await fetch(new URL(path, inject('url')), { method: 'HEAD' })
    expect([reply.status, await reply.text()]).toEqual([status, ''])
    expect(reply.headers.has('x-request-id')).toBe(true)
  }
})
