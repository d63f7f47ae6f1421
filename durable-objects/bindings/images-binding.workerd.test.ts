import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import { imagesBinding } from '#packages/pictures/images-binding.ts'
import { PictureError } from '#packages/pictures/picture-port.ts'
import { turnedPhoto } from '#packages/pictures/testing/turned-photo.ts'

declare global {
  namespace Cloudflare {
    interface Env {
      IMAGES: ImagesBinding
    }
  }
}

const pictures = imagesBinding(env.IMAGES)
const look = (bytes: Uint8Array) => env.IMAGES.info(new Blob([new Uint8Array(bytes)]).stream())
const text = (bytes: Uint8Array) => new TextDecoder('latin1').decode(bytes)

test('the photo lies on its side, and says by what it was made', async () => {
  expect(await look(turnedPhoto())).toMatchObject({ width: 96, height: 64 })
  expect(text(turnedPhoto())).toMatch(/Exif[\s\S]*Phone/)
})

test('three squares are left of a photo, and nothing else', async () => {
  const avatars = await pictures.makeAvatars(turnedPhoto())
  expect(avatars.map(({ edge }) => edge)).toEqual([512, 256, 128])
  for (const { edge, webp } of avatars) {
    expect(await look(webp)).toMatchObject({ format: 'image/webp', width: edge, height: edge })
    expect(text(webp)).not.toMatch(/Exif|EXIF|Phone|XMP/)
  }
})

test('a document is upright, and not made larger', async () => {
  const webp = await pictures.cleanPicture(turnedPhoto())
  expect(await look(webp)).toMatchObject({ format: 'image/webp', width: 64, height: 96 })
  expect(text(webp)).not.toMatch(/Exif|EXIF|Phone|XMP/)
})

test.each([
  ['nothing', new Uint8Array()],
  ['no picture', new TextEncoder().encode('hello')],
  ['a picture that is cut off', turnedPhoto().subarray(0, 500)],
])('%s is a PictureError', async (_, bytes) => {
  await expect(pictures.makeAvatars(bytes)).rejects.toThrow(PictureError)
  await expect(pictures.cleanPicture(bytes)).rejects.toThrow(PictureError)
})
