import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { signObject, type ToSign } from '#packages/storage/s3-access.ts'
import { memoryBucket } from './bucket.ts'
import { folderBucket } from './folder-bucket.ts'
import { createR2 } from './r2.ts'

const folder = await mkdtemp(join(tmpdir(), 'margwa-r2-'))
afterAll(() => rm(folder, { recursive: true }))

const keys = { accessKeyId: 'id', secretAccessKey: 'secret' }
const access = { ...keys, endpoint: 'http://127.0.0.1:1', bucket: 'files' }

function open(bucket = memoryBucket()) {
  const r2 = createR2({ ...keys, bucketName: 'files' })
  r2.keepIn(bucket)
  return async (toSign: ToSign, body?: string) => {
    const { url, headers } = await signObject(access, toSign)
    return r2.fetch(new Request(url, { method: toSign.method, headers, ...(body !== undefined && { body }) }))
  }
}

const key = 'uploads/a b/ü+(1)!.webp'
const put = { method: 'PUT', key, headers: { 'content-type': 'image/webp' } } as const
const get = (range?: string): ToSign => ({ method: 'GET', key, headers: range ? { range } : {} })

test.each([
  ['in memory', memoryBucket()],
  ['in a folder', folderBucket(join(folder, 'objects'))],
])('an object %s is there until it is deleted', async (_, bucket) => {
  const ask = open(bucket)
  expect((await ask(get())).status).toBe(404)
  expect((await ask(put, 'hello\nworld')).headers.get('etag')).toBe('"9195d0beb2a889e1be05ed6bb1954837"')
  const head = await ask({ method: 'HEAD', key })
  expect([head.headers.get('content-length'), head.headers.get('content-type'), head.body]).toEqual([
    '11',
    'image/webp',
    null,
  ])
  expect(await (await ask(get())).text()).toBe('hello\nworld')
  expect((await ask({ method: 'DELETE', key })).status).toBe(204)
  expect((await ask({ method: 'DELETE', key })).status).toBe(204)
  const gone = await ask(get())
  expect(await gone.text()).toContain('<Code>NoSuchKey</Code>')
})

test('a folder survives, and a key cannot leave it', async () => {
  const home = join(folder, 'home')
  const object = { bytes: Uint8Array.of(1, 10, 2), contentType: 'text/plain; charset=utf-8\nx' }
  await folderBucket(home).put('../../escape', object)
  expect(await folderBucket(home).get('../../escape')).toEqual(object)
  expect(await readdir(home)).toHaveLength(1)
  expect(await readdir(folder)).not.toContain('escape')
})

test('a part of an object', async () => {
  const ask = open()
  await ask(put, 'hello world')
  const part = await ask(get('bytes=6-99'))
  expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([
    206,
    'bytes 6-10/11',
    'world',
  ])
  expect((await ask(get('bytes=11-'))).status).toBe(416)
})

test('nobody gets in without the keys', async () => {
  const r2 = createR2({ ...keys, bucketName: 'files' })
  const anonymous = await r2.fetch(new Request(`${access.endpoint}/files/x`))
  expect([anonymous.status, anonymous.headers.get('content-type')]).toEqual([403, 'application/xml'])
  expect(await anonymous.text()).toContain('<Code>AccessDenied</Code>')
  const { url, headers } = await signObject({ ...access, secretAccessKey: 'other' }, get())
  expect(await (await r2.fetch(new Request(url, { headers }))).text()).toContain('SignatureDoesNotMatch')
})

test('another bucket, no key, and nonsense', async () => {
  const r2 = createR2({ ...keys, bucketName: 'other' })
  const { url, headers } = await signObject(access, get())
  expect((await r2.fetch(new Request(url, { headers }))).status).toBe(404)
  expect((await open()({ method: 'GET', key: '' })).status).toBe(404)
  expect((await r2.fetch(new Request(`${access.endpoint}/files/%ff`))).status).toBe(400)
})

test('without a bucket it is unavailable', async () => {
  const { url, headers } = await signObject(access, get())
  const reply = await createR2({ ...keys, bucketName: 'files' }).fetch(new Request(url, { headers }))
  expect(reply.status).toBe(503)
})

test('a browser may put, and is told so even when it is refused', async () => {
  const r2 = createR2({ ...keys, bucketName: 'files' })
  const headers = { origin: 'https://app.example' }
  const preflight = await r2.fetch(new Request(`${access.endpoint}/files/x`, { method: 'OPTIONS', headers }))
  expect(preflight.status).toBe(204)
  expect(preflight.headers.get('access-control-allow-methods')).toContain('PUT')
  expect(preflight.headers.get('access-control-allow-headers')).toContain('content-type')
  const refused = await r2.fetch(new Request(`${access.endpoint}/files/x`, { headers }))
  expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([403, '*'])
})
