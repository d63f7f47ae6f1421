import { expect, test } from 'vitest'
import { z } from 'zod'
import { call, expectBody, fieldRefusal, refusal } from './client/api.ts'
import { download, pdf, phonePhoto, StoredFile, urlOf } from './client/files.ts'
import { signIn, signInDriver } from './client/people.ts'

const Upload = z.object({
  id: z.uuid(),
  method: z.literal('PUT'),
  url: z.url(),
  headers: z.record(z.string(), z.string()),
})

async function announce(token: string, purpose: string, mediaType: string, bytes: number) {
  const body = { purpose, mediaType, bytes }
  return expectBody(await call('POST', '/api/v1/storage/uploads', { token, body }), 201, Upload)
}

const put = (upload: z.infer<typeof Upload>, body: Uint8Array<ArrayBuffer> | string, type?: string) =>
  fetch(upload.url, {
    method: 'PUT',
    body,
    headers: { 'content-type': type ?? upload.headers['content-type'] ?? '' },
  })

const complete = (token: string, id: string) =>
  call('POST', `/api/v1/storage/uploads/${id}/complete`, { token })

test('a photo goes straight to the bucket and becomes an avatar when it is complete', async () => {
  const { token } = await signIn()
  const photo = await phonePhoto(300, 200)
  const upload = await announce(token, 'avatar', 'image/jpeg', photo.byteLength)
  expect(await complete(token, upload.id)).toMatchObject(refusal(409, 'file_not_uploaded'))
  expect((await put(upload, photo)).status).toBe(200)
  const stranger = await signIn()
  expect(await complete(stranger.token, upload.id)).toMatchObject(refusal(404, 'not_found'))
  const file = expectBody(await complete(token, upload.id), 200, StoredFile)
  expect(file.variants).toHaveLength(3)
  expect((await download(urlOf(file))).status).toBe(200)
  expect(await complete(token, upload.id)).toMatchObject(refusal(404, 'not_found'))
})

test('the signed address takes what was announced and nothing else', async () => {
  const { token } = await signIn()
  const photo = await phonePhoto(100, 100)
  const upload = await announce(token, 'avatar', 'image/jpeg', photo.byteLength)
  expect((await put(upload, photo.slice(1))).status).toBe(403)
  expect((await put(upload, photo, 'text/html')).status).toBe(403)
  expect(
    (await put({ ...upload, url: upload.url.replace(upload.id, crypto.randomUUID()) }, photo)).status,
  ).toBe(403)
  expect((await fetch(upload.url)).status).toBe(403)
  expect(await complete(token, upload.id)).toMatchObject(refusal(409, 'file_not_uploaded'))
})

test('what arrives is looked at like any other upload', async () => {
  const { token } = await signInDriver()
  const page = pdf('<html></html>')
  const upload = await announce(token, 'driver_document', 'application/pdf', page.length)
  expect((await put(upload, page)).status).toBe(200)
  expect(await complete(token, upload.id)).toMatchObject(refusal(422, 'file_not_clean'))
})

test('an upload that cannot become anything is refused before it begins', async () => {
  const { token } = await signIn()
  const path = '/api/v1/storage/uploads'
  const body = { purpose: 'avatar', mediaType: 'image/jpeg', bytes: 1000 }
  const ask = (change: object) => call('POST', path, { token, body: { ...body, ...change } })
  expect(await ask({ bytes: 9_000_000 })).toMatchObject(refusal(413, 'file_too_large'))
  expect(await ask({ bytes: 20_000_000 })).toMatchObject(fieldRefusal('bytes'))
  expect(await ask({ mediaType: 'text/html' })).toMatchObject(fieldRefusal('mediaType'))
  expect(await ask({ purpose: 'driver_document' })).toMatchObject(refusal(403, 'driver_profile_required'))
  expect(await call('POST', path, { body })).toMatchObject(refusal(401, 'unauthenticated'))
})
