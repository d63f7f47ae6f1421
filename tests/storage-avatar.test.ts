import sharp from 'sharp'
import { expect, test } from 'vitest'
import { call, expectBody, fieldRefusal, refusal } from './client/api.ts'
import { download, formWith, phonePhoto, StoredFile, store, upload, urlOf } from './client/files.ts'
import { signIn } from './client/people.ts'

test('a photo becomes three squares without anything of the phone', async () => {
  const { token } = await signIn()
  const photo = await phonePhoto(900, 600)
  expect(
    String(
      await sharp(photo)
        .metadata()
        .then(({ exif }) => exif?.toString('latin1')),
    ),
  ).toContain('Margwa Phone')
  const file = await store('avatar', token, photo)
  expect(file.variants.map(({ name }) => name)).toEqual(['512.webp', '256.webp', '128.webp'])
  for (const { url, name, bytes } of file.variants) {
    const { status, headers, bytes: content } = await download(url)
    expect(status).toBe(200)
    expect(headers.get('content-type')).toBe('image/webp')
    expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect(content.byteLength).toBe(bytes)
    const { width, height, format, exif, xmp } = await sharp(content).metadata()
    expect({ width, height, format, exif, xmp }).toEqual({
      width: Number.parseInt(name),
      height: Number.parseInt(name),
      format: 'webp',
      exif: undefined,
      xmp: undefined,
    })
  }
})

test('the next photo takes the place of the one before, also when two come at once', async () => {
  const { token } = await signIn()
  const photos = await Promise.all([100, 120, 140].map((edge) => phonePhoto(edge, edge)))
  const files = await Promise.all(photos.map((photo) => store('avatar', token, photo)))
  const shown = await Promise.all(files.map(async (file) => (await download(urlOf(file))).status))
  expect(shown.toSorted((a, b) => a - b)).toEqual([200, 404, 404])
})

test('a photo is deleted with all its sizes, by the name of any of them', async () => {
  const { token } = await signIn()
  const { variants } = await store('avatar', token, await phonePhoto(100, 100))
  const [first, last] = [variants[0], variants[2]]
  const path = `/api/v1/storage/delete/${last?.filename}`
  const stranger = await signIn()
  expect(await call('DELETE', path, { token: stranger.token })).toMatchObject(refusal(404, 'not_found'))
  expect(await call('DELETE', path)).toMatchObject(refusal(401, 'unauthenticated'))
  expect((await call('DELETE', path, { token })).status).toBe(204)
  expect((await download(first?.url ?? '')).status).toBe(404)
  expect(await call('DELETE', path, { token })).toMatchObject(refusal(404, 'not_found'))
})

test('the same key and the same picture are one upload, whatever the boundary of the form', async () => {
  const { token } = await signIn()
  const photo = await phonePhoto(80, 80)
  const headers = { 'idempotency-key': crypto.randomUUID() }
  const send = (bytes: Uint8Array<ArrayBuffer>) =>
    call('POST', '/api/v1/storage/upload/avatar', { token, headers, form: formWith(bytes) })
  const first = expectBody(await send(photo), 201, StoredFile)
  const again = await send(photo)
  expect(again.headers.get('idempotency-replayed')).toBe('true')
  expect(expectBody(again, 201, StoredFile).id).toBe(first.id)
  expect(await send(await phonePhoto(81, 80))).toMatchObject(refusal(422, 'idempotency_mismatch'))
})

test('nobody uploads without signing in, and only a form with one file', async () => {
  const { token } = await signIn()
  const path = '/api/v1/storage/upload/avatar'
  const form = formWith(await phonePhoto(80, 80))
  expect(await call('POST', path, { form })).toMatchObject(refusal(401, 'unauthenticated'))
  expect(await call('POST', path, { token, body: { file: 'x' } })).toMatchObject(
    refusal(415, 'unsupported_media_type'),
  )
  expect(await call('POST', path, { token, form: new FormData() })).toMatchObject(fieldRefusal('file'))
  form.append('caption', 'me')
  expect(await call('POST', path, { token, form })).toMatchObject(fieldRefusal('caption'))
  const text = new FormData()
  text.append('file', 'not a file')
  expect(await call('POST', path, { token, form: text })).toMatchObject(fieldRefusal('file'))
})

test('a form that is cut in the middle is refused and leaves no photo', async () => {
  const { token } = await signIn()
  const before = await store('avatar', token, await phonePhoto(80, 80))
  const boundary = 'cut'
  const rawBody = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n\r\nhalf of it`
  const headers = { 'content-type': `multipart/form-data; boundary=${boundary}` }
  expect(await call('POST', '/api/v1/storage/upload/avatar', { token, rawBody, headers })).toMatchObject(
    refusal(400, 'malformed_form'),
  )
  expect((await download(urlOf(before))).status).toBe(200)
})

test('a driver’s documents are not for who is no driver', async () => {
  const { token } = await signIn()
  const photo = await phonePhoto(80, 80)
  expect(await upload('driver-document', token, photo)).toMatchObject(refusal(403, 'driver_profile_required'))
  expect(await upload('vehicle-document', token, photo)).toMatchObject(refusal(403, 'driver_profile_required'))
})
