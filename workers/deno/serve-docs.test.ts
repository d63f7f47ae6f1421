import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { serveDocs } from './serve-docs.ts'

const files: Record<string, string | undefined> = {
  'assets/_headers': "/docs/*\n  Content-Security-Policy: default-src 'none'\n  Referrer-Policy: no-referrer\n",
  'assets/docs/index.html': '<html></html>',
  'secret.txt': 'secret',
}

async function get(path: string, known = files) {
  const readFile = async (name: string) => {
    const text = known[name]
    if (text === undefined) throw new Error(`no file ${name}`)
    return new TextEncoder().encode(text)
  }
  const site = new Hono().get('/docs/*', await serveDocs('assets', readFile))
  return site.request(path)
}

test.each(['/docs', '/docs/', '/docs/index.html'])('%s is the page, with its headers', async (path) => {
  const reply = await get(path)
  expect(await reply.text()).toBe('<html></html>')
  expect(reply.headers.get('content-type')).toContain('text/html')
  expect(reply.headers.get('content-security-policy')).toBe("default-src 'none'")
})

test.each(['/docs/other.js', '/docs/../../secret.txt', '/docs/%2e%2e/%2e%2e/secret.txt'])(
  '%s is not there',
  async (path) => {
    expect((await get(path)).status).toBe(404)
  },
)

test('without its headers the page is not shown', async () => {
  expect((await get('/docs/', { ...files, 'assets/_headers': undefined })).status).toBe(404)
})
