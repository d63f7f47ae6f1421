import sharp from 'sharp'
import { expect, test } from 'vitest'
import { refusal } from './client/api.ts'
import { download, pdf, phonePhoto, store, urlOf } from './client/files.ts'
import { signIn, signInDriver } from './client/people.ts'

const problem = (bytes: Uint8Array): unknown => JSON.parse(new TextDecoder().decode(bytes))

test('a PDF is kept as it is, for its owner, and saved rather than shown', async () => {
  const { token } = await signInDriver()
  const content = pdf('4 0 obj << /Title (Driving licence) >> endobj')
  const file = await store('driver-document', token, content)
  const [variant] = file.variants
  expect(file.variants).toHaveLength(1)
  const { status, headers, bytes } = await download(`/api/v1/storage/download/${variant?.filename}`, { token })
  expect(status).toBe(200)
  expect(new TextDecoder().decode(bytes)).toBe(content)
  expect(headers.get('content-type')).toBe('application/pdf')
  expect(headers.get('content-disposition')).toBe(`attachment; filename="${variant?.filename}.pdf"`)
  expect(headers.get('cache-control')).toBe('private, no-cache')
  expect(headers.get('x-content-type-options')).toBe('nosniff')
})

test('a photographed document becomes an upright picture without its position', async () => {
  const { token } = await signInDriver()
  const file = await store('vehicle-document', token, await phonePhoto(3000, 1500))
  const { bytes } = await download(urlOf(file))
  const { width, height, format, exif } = await sharp(bytes).metadata()
  expect({ width, height, format, exif }).toEqual({
    width: 1200,
    height: 2400,
    format: 'webp',
    exif: undefined,
  })
})

test('a document is not for strangers, guests and those who change its link', async () => {
  const owner = await signInDriver()
  const stranger = await signInDriver('Bhavna')
  const url = urlOf(await store('driver-document', owner.token, pdf()))
  const path = url.split('?')[0] ?? ''
  const refused = async (address: string, token?: string) => {
    const { status, bytes } = await download(address, token === undefined ? {} : { token })
    return { status, body: problem(bytes) }
  }
  expect((await download(url)).status).toBe(200)
  expect(await refused(path)).toMatchObject(refusal(401, 'unauthenticated'))
  expect(await refused(path, stranger.token)).toMatchObject(refusal(404, 'not_found'))
  expect(await refused(path, 'forged')).toMatchObject(refusal(401, 'token_invalid'))
  expect(await refused(url.replace(/signature=./, 'signature=_'))).toMatchObject(refusal(403, 'link_invalid'))
  expect(await refused(url.replace(/expires=(\d+)/, (_, at) => `expires=${Number(at) + 1}`))).toMatchObject(
    refusal(403, 'link_invalid'),
  )
  const other = urlOf(await store('driver-document', owner.token, pdf('%')))
  const query = url.split('?')[1] ?? ''
  expect(await refused(`${other.split('?')[0]}?${query}`)).toMatchObject(refusal(403, 'link_invalid'))
})

test('parts of a file, and nothing where it is known already', async () => {
  const { token } = await signInDriver()
  const content = pdf()
  const url = urlOf(await store('driver-document', token, content))
  const whole = await download(url)
  const etag = whole.headers.get('etag') ?? ''
  const ask = async (headers: Record<string, string>) => {
    const { status, headers: reply, bytes } = await download(url, { headers })
    return { status, range: reply.get('content-range'), text: new TextDecoder().decode(bytes) }
  }
  expect(await ask({ range: 'bytes=0-7' })).toEqual({
    status: 206,
    range: `bytes 0-7/${content.length}`,
    text: '%PDF-1.4',
  })
  expect(await ask({ range: 'bytes=-6' })).toMatchObject({ status: 206, text: '%%EOF\n' })
  expect(await ask({ range: 'bytes=5-', 'if-range': etag })).toMatchObject({
    status: 206,
    text: content.slice(5),
  })
  expect(await ask({ range: 'bytes=5-', 'if-range': '"another"' })).toMatchObject({
    status: 200,
    text: content,
  })
  expect(await ask({ range: 'bytes=5-6, 8-9' })).toMatchObject({ status: 200, text: content })
  expect(await ask({ range: 'bytes=100000-' })).toMatchObject({
    status: 416,
    range: `bytes */${content.length}`,
  })
  expect(await ask({ 'if-none-match': etag })).toEqual({ status: 304, range: null, text: '' })
  expect(await ask({ 'if-none-match': '"another"' })).toMatchObject({ status: 200, text: content })
})

test.each([
  '/api/v1/storage/download/..%2f..%2fetc%2fpasswd',
  '/api/v1/storage/download/0192f3b0-0000-7000-8000-000000000000-512.webp',
  '/api/v1/storage/download/512.webp',
])('%s is not there', async (path) => {
  const { token } = await signIn()
  const { status, bytes } = await download(path, { token })
  expect({ status, body: problem(bytes) }).toMatchObject(refusal(404, 'not_found'))
})
