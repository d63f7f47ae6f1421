import { crc32, deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { beforeAll, expect, test } from 'vitest'
import { refusal } from './client/api.ts'
import { formWith, pdf, phonePhoto, type UploadKind, upload } from './client/files.ts'
import { type Person, signInDriver } from './client/people.ts'
import { sendLarge } from './client/send-large.ts'

let driver: Person
beforeAll(async () => {
  driver = await signInDriver()
})

const MEBIBYTE = 1_048_576

/** A PNG that says it is so large, and compresses to almost nothing. */
function pngOf(width: number, height: number): Uint8Array<ArrayBuffer> {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data])
    const frame = Buffer.alloc(8)
    frame.writeUInt32BE(data.length, 0)
    frame.writeUInt32BE(crc32(body), 4)
    return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)])
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 0, 0, 0, 0], 8)
  const pixels = deflateSync(Buffer.alloc(1000))
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return new Uint8Array(
    Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))]),
  )
}

const after = async (tail: string) =>
  new Uint8Array(Buffer.concat([await phonePhoto(100, 100), Buffer.from(tail, 'latin1')]))
const zipEnd = `PK\u0005\u0006${'\0'.repeat(18)}`

const refused: [
  what: string,
  kind: UploadKind,
  make: () => Promise<Uint8Array<ArrayBuffer> | string>,
  status: number,
  code: string,
][] = [
  ['nothing', 'avatar', async () => '', 422, 'file_empty'],
  ['a text called photo.jpg', 'avatar', async () => 'hello', 415, 'file_type_not_supported'],
  ['a page', 'avatar', async () => '<!doctype html><html></html>', 415, 'file_type_not_supported'],
  ['a PDF as a face', 'avatar', async () => pdf(), 415, 'file_type_not_supported'],
  [
    'a GIF',
    'avatar',
    async () =>
      new Uint8Array(
        await sharp(await phonePhoto(80, 80))
          .gif()
          .toBuffer(),
      ),
    415,
    'file_type_not_supported',
  ],
  ['9 MB', 'avatar', async () => new Uint8Array(8 * MEBIBYTE + 1), 413, 'file_too_large'],
  ['30,000 × 30,000 pixels', 'avatar', async () => pngOf(30_000, 30_000), 422, 'picture_too_large'],
  ['30,000 × 30,000 pixels', 'driver-document', async () => pngOf(30_000, 30_000), 422, 'picture_too_large'],
  ['a picture that is a stamp', 'avatar', async () => pngOf(16, 16), 422, 'picture_too_small'],
  ['a header without pixels', 'avatar', async () => pngOf(500, 500), 422, 'picture_unreadable'],
  [
    'half a picture',
    'avatar',
    async () => (await phonePhoto(800, 800)).slice(0, 4000),
    422,
    'picture_unreadable',
  ],
  ['a picture and a script', 'avatar', () => after('<script>alert(1)</script>'), 422, 'file_not_clean'],
  ['a picture and an archive', 'driver-document', () => after(zipEnd), 422, 'file_not_clean'],
  [
    'a PDF with a page inside',
    'driver-document',
    async () => pdf('<html><script>alert(1)</script></html>'),
    422,
    'file_not_clean',
  ],
  [
    'a PDF with JavaScript',
    'driver-document',
    async () => pdf('4 0 obj << /S /JavaScript /JS (app.alert(1)) >> endobj'),
    422,
    'file_not_clean',
  ],
  [
    'a PDF with JavaScript in disguise',
    'vehicle-document',
    async () => pdf('<< /S /Java#53cript >>'),
    422,
    'file_not_clean',
  ],
  ['a PDF and an archive', 'vehicle-document', async () => `${pdf()}${zipEnd}`, 422, 'file_not_clean'],
]

test.each(refused)('%s is refused as %s', async (_what, kind, make, status, code) => {
  expect(await upload(kind, driver.token, await make())).toMatchObject(refusal(status, code))
})

test.each(['avatar', 'driver-document', 'vehicle-document'] as const)(
  'a picture of 20 MB is refused by %s, whether its length is announced or not',
  async (kind) => {
    const picture = new Uint8Array(20 * MEBIBYTE)
    picture.set(await phonePhoto(100, 100))
    const form = new Request('http://unused', { method: 'POST', body: formWith(picture) })
    const body = Buffer.from(await form.arrayBuffer())
    const type = form.headers.get('content-type') ?? ''
    for (const announced of [true, false]) {
      const path = `/api/v1/storage/upload/${kind}`
      const reply = await sendLarge(path, driver.token, body, { type, announced })
      expect(reply).toMatchObject(refusal(413, 'body_too_large'))
    }
  },
)
