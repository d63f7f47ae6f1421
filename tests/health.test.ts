import { expect, inject, test } from 'vitest'
import { z } from 'zod'
import { call, expectBody, refusal } from './client/api.ts'

test('the service and what it depends on are up', async () => {
  expect(await call('GET', '/health')).toMatchObject({
    status: 200,
    body: { status: 'ok', database: 'up', cache: 'up' },
  })
})

test('metrics are for those who have their token', async () => {
  expect(await call('GET', '/metrics')).toMatchObject(refusal(401, 'unauthenticated'))
  expect(await call('GET', '/metrics', { token: 'local-metrics-token-not' })).toMatchObject(
    refusal(401, 'unauthenticated'),
  )
  const reply = await call('GET', '/metrics', { token: 'local-metrics-token' })
  expect(reply.headers.get('content-type')).toContain('text/plain')
  const text = expectBody(reply, 200, z.string())
  expect(text).toContain('operation="getHealth"')
  expect(text).toMatch(/^# TYPE /m)
})

test('the reference page brings all it needs along', async () => {
  const page = await fetch(new URL('/docs/', inject('url')))
  expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
  const html = await page.text()
  const parts = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, part = '']) => new URL(part, page.url))
  expect(parts.length).toBeGreaterThan(1)
  for (const part of parts) {
    expect(part.origin).toBe(new URL(inject('url')).origin)
    expect((await fetch(part)).status, part.pathname).toBe(200)
  }
})

test('every operation has an id of its own and a summary', async () => {
  const response = await fetch(new URL('/openapi.json', inject('url')))
  expect(response.headers.get('content-type')).toContain('application/json')
  const Paths = z.record(
    z.string(),
    z.record(z.string(), z.object({ operationId: z.string(), summary: z.string().min(5) })),
  )
  const { openapi, paths } = z.object({ openapi: z.string(), paths: Paths }).parse(await response.json())
  expect(openapi).toBe('3.1.0')
  const ids = Object.values(paths).flatMap((methods) => Object.values(methods).map((op) => op.operationId))
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids.length).toBeGreaterThan(25)
})
