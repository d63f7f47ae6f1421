import { expect, test } from 'vitest'
import { type Images, imagesBinding } from './images-binding.ts'
import { PictureError } from './picture-port.ts'

// What the codec does with real pictures is tested in workerd.
const bytes = new TextEncoder().encode('picture')

function fake(fail?: () => Error) {
  const asked: { input: string; transform: object; output: object }[] = []
  const images: Images = {
    input: (stream) => {
      const transforms: object[] = []
      const transformer: ReturnType<Images['input']> = {
        transform: (transform) => {
          transforms.push(transform)
          return transformer
        },
        output: async (output) => {
          if (fail) throw fail()
          const input = await new Response(stream).text()
          asked.push({ input, transform: transforms[0] ?? {}, output })
          return { image: () => new Blob([`${input}→${JSON.stringify(transforms)}`]).stream() }
        },
      }
      return transformer
    },
  }
  return { pictures: imagesBinding(images), asked }
}

const failure = (code?: number) => Object.assign(new Error('IMAGES_TRANSFORM_ERROR'), { code })

test('the big picture is read once, the smaller squares come from the largest', async () => {
  const { pictures, asked } = fake()
  const avatars = await pictures.makeAvatars(bytes)
  expect(avatars.map(({ edge }) => edge)).toEqual([512, 256, 128])
  const largest = new TextDecoder().decode(avatars[0]?.webp)
  expect(asked.map(({ input }) => input)).toEqual(['picture', largest, largest])
  expect(asked.map(({ transform }) => transform)).toEqual(
    [512, 256, 128].map((edge) => ({ width: edge, height: edge, fit: 'cover' })),
  )
})

test('whatever moves stands still, and is WebP', async () => {
  const { pictures, asked } = fake()
  await pictures.cleanPicture(bytes)
  expect(asked[0]?.output).toMatchObject({ format: 'image/webp', anim: false })
  expect(asked[0]?.transform).toMatchObject({ fit: 'scale-down' })
})

test.each([9402, 9412, 9413, 9416, 9420, 9516, 9520, 9523])('error %i is about the picture', async (code) => {
  const { pictures } = fake(() => failure(code))
  await expect(pictures.makeAvatars(bytes)).rejects.toThrow(PictureError)
  await expect(pictures.cleanPicture(bytes)).rejects.toThrow(PictureError)
})

test.each([9422, 9430, 9432, 9522, 9527, 9528, 9529, undefined])(
  'error %s is about the service',
  async (code) => {
    const { pictures } = fake(() => failure(code))
    await expect(pictures.makeAvatars(bytes)).rejects.not.toThrow(PictureError)
  },
)
