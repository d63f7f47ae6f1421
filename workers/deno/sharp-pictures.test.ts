import sharp from 'sharp'
import { expect, test } from 'vitest'
import { MAX_DOCUMENT_EDGE, PictureError } from '#packages/pictures/picture-port.ts'
import { sharpPictures } from './sharp-pictures.ts'

const pictures = sharpPictures()
const RED = { r: 255, g: 0, b: 0 }
const BLUE = { r: 0, g: 0, b: 255 }
/** EXIF for "turn a quarter to the right to see it": what is stored on the left is the top. */
const TURN_RIGHT = 6

/** A photo of a phone held upright: as it is to be seen, its upper half is red, the lower one blue. */
function photo(width: number, height: number): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 3, background: BLUE } })
    .composite([
      { input: { create: { width: width / 2, height, channels: 3, background: RED } }, left: 0, top: 0 },
    ])
    .withExif({
      IFD0: { Make: 'Phone', Copyright: 'somebody' },
      IFD3: {
        GPSLatitudeRef: 'N',
        GPSLatitude: '12/1 58/1 1777/100',
        GPSLongitudeRef: 'E',
        GPSLongitude: '77/1 35/1 4056/100',
      },
    })
    .withMetadata({ orientation: TURN_RIGHT })
    .jpeg()
    .toBuffer()
}

async function look(webp: Uint8Array) {
  const { format, width, height, exif, xmp, iptc, icc, orientation } = await sharp(webp).metadata()
  const { data, info } = await sharp(webp).removeAlpha().raw().toBuffer({ resolveWithObject: true })
  const colourAt = (x: number, y: number) => {
    const [r = 0, , b = 0] = data.subarray((Math.floor(y * height) * info.width + Math.floor(x * width)) * 3)
    return r > 200 && b < 60 ? 'red' : r < 60 && b > 200 ? 'blue' : 'other'
  }
  const kept = [exif, xmp, iptc, icc, orientation].filter((each) => each !== undefined)
  return { format, width, height, kept, top: colourAt(0.5, 0.1), bottom: colourAt(0.5, 0.9) }
}

test('the test has a photo that lies on its side and says where it was made', async () => {
  const { exif, orientation, width, height } = await sharp(await photo(400, 300)).metadata()
  expect([orientation, width, height, exif?.includes('Phone')]).toEqual([TURN_RIGHT, 400, 300, true])
  // The tag of the directory with the position, in the byte order that libvips writes.
  expect(exif?.includes(Buffer.from([0x25, 0x88])) || exif?.includes(Buffer.from([0x88, 0x25]))).toBe(true)
})

test.each([
  ['a large one', 1600, 1200],
  ['one that is smaller than its squares', 90, 70],
])('of %s three upright squares are left, and nothing else', async (_, width, height) => {
  const avatars = await pictures.makeAvatars(await photo(width, height))
  expect(avatars.map(({ edge }) => edge)).toEqual([512, 256, 128])
  for (const { edge, webp } of avatars) {
    expect(await look(webp)).toEqual({
      ...{ format: 'webp', width: edge, height: edge, kept: [] },
      ...{ top: 'red', bottom: 'blue' },
    })
  }
})

test('a document is upright, whole, and no larger than can be read', async () => {
  const small = await look(await pictures.cleanPicture(await photo(400, 300)))
  expect(small).toMatchObject({ width: 300, height: 400, kept: [], top: 'red', bottom: 'blue' })
  const large = await look(await pictures.cleanPicture(await photo(3200, 2400)))
  expect(large).toMatchObject({ width: 1800, height: MAX_DOCUMENT_EDGE, kept: [], top: 'red', bottom: 'blue' })
})

test('PNG and WebP are read, also where they are transparent or move', async () => {
  const clear = { create: { width: 80, height: 80, channels: 4, background: { ...RED, alpha: 0.5 } } } as const
  for (const bytes of [await sharp(clear).png().toBuffer(), await sharp(clear).webp().toBuffer()]) {
    expect(await pictures.makeAvatars(bytes)).toHaveLength(3)
  }
})

test.each([
  ['nothing', async () => new Uint8Array()],
  ['no picture', async () => new TextEncoder().encode('hello')],
  ['a picture that is cut off', async () => (await photo(800, 600)).subarray(0, 3000)],
  ['a header with nothing behind it', async () => (await photo(800, 600)).subarray(0, 700)],
])('%s is a PictureError', async (_, make) => {
  const bytes = await make()
  await expect(pictures.makeAvatars(bytes)).rejects.toThrow(PictureError)
  await expect(pictures.cleanPicture(bytes)).rejects.toThrow(PictureError)
})

test('more pixels than a file may have are not decoded', async () => {
  const wide = { create: { width: 8000, height: 5001, channels: 3, background: RED } } as const
  const bytes = await sharp(wide).png({ compressionLevel: 9 }).toBuffer()
  await expect(pictures.cleanPicture(bytes)).rejects.toThrow(PictureError)
})
