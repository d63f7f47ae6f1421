import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { serveHttp } from '../local-cloud/inbox/serve-http.ts'
import { memoryBucket } from '../local-cloud/stand-ins/r2/bucket.ts'
import { createR2, MAX_UPLOAD_BYTES } from '../local-cloud/stand-ins/r2/r2.ts'
import { signUpload } from './sign-upload.ts'

const NOW = Date.UTC(2026, 0, 2, 3, 4, 5, 678)
const keys = { accessKeyId: 'id', secretAccessKey: 'secret' }
const access = { ...keys, bucket: 'files', endpoint: '' }

let now = NOW
let bucket = memoryBucket()
const r2 = createR2({ ...keys, bucketName: 'files', clock: () => now })
let close: () => Promise<void>

// Over HTTP, where the length is what the client really sends.
beforeAll(async () => {
  const server = await serveHttp((request) => r2.fetch(request), { maxBodyBytes: MAX_UPLOAD_BYTES })
  access.endpoint = server.url
  close = () => server.close()
})
afterAll(() => close())
beforeEach(() => {
  now = NOW
  bucket = memoryBucket()
  r2.keepIn(bucket)
})

const bytes = new Uint8Array(10 * 1_048_576).fill(7)
const upload = { key: 'uploads/01/x', contentType: 'image/png', bytes: bytes.length, seconds: 300 }

async function send(
  change: {
    url?: (url: string) => string
    type?: string
    body?: Uint8Array<ArrayBuffer>
    method?: string
  } = {},
) {
  const signed = await signUpload(access, upload, NOW)
  const reply = await fetch(change.url?.(signed.url) ?? signed.url, {
    method: change.method ?? 'PUT',
    headers: { 'content-type': change.type ?? signed.headers['content-type'] },
    body: change.body ?? bytes,
  })
  return `${reply.status} ${/<Code>(.*)<\/Code>/.exec(await reply.text())?.[1] ?? ''}`.trim()
}

test('whoever has the address puts the object as it was promised', async () => {
  expect(await send()).toBe('200')
  const object = await bucket.get(upload.key)
  expect([object?.contentType, object?.bytes.length]).toEqual(['image/png', bytes.length])
})

test.each([
  ['more bytes', { body: new Uint8Array(upload.bytes + 1) }],
  ['fewer bytes', { body: new Uint8Array(upload.bytes - 1) }],
  ['another type', { type: 'text/html' }],
  ['another key', { url: (url: string) => url.replace('/01/', '/02/') }],
  ['more time', { url: (url: string) => url.replace('Expires=300', 'Expires=3000') }],
  ['fewer signed headers', { url: (url: string) => url.replace('content-length%3B', '') }],
  ['another method', { method: 'DELETE' }],
])('%s is refused, and nothing is kept', async (_, change) => {
  expect(await send(change)).toBe('403 SignatureDoesNotMatch')
  expect(await bucket.get(upload.key)).toBeUndefined()
})

test('an address ends', async () => {
  now += upload.seconds * 1000 - 1000
  expect(await send()).toBe('200')
  now += 1000
  expect(await send()).toBe('403 AccessDenied')
})

test('it says what has to be sent, and no secret', async () => {
  const { url, headers } = await signUpload(access, upload, NOW)
  expect(headers).toEqual({ 'content-type': 'image/png', 'content-length': String(upload.bytes) })
  const query = new URL(url).searchParams
  expect(query.get('X-Amz-Date')).toBe('20260102T030405Z')
  expect(query.get('X-Amz-SignedHeaders')).toBe('content-length;content-type;host')
  expect(query.get('X-Amz-Credential')).toBe('id/20260102/auto/s3/aws4_request')
  expect(url).not.toContain('secret')
})
