import sharp from 'sharp'
import { inject } from 'vitest'
import { z } from 'zod'
import { call, expectBody } from './api.ts'

export const StoredFile = z.object({
  id: z.uuid(),
  purpose: z.string(),
  variants: z.array(
    z.object({
      name: z.string(),
      filename: z.string(),
      mediaType: z.string(),
      bytes: z.number(),
      url: z.string(),
      expiresAt: z.string().nullable(),
    }),
  ),
})
export type StoredFile = z.infer<typeof StoredFile>

export type UploadKind = 'avatar' | 'driver-document' | 'vehicle-document' | 'chat-attachment'

/** A form with one file, as an app sends it; the name is there to be ignored. */
export function formWith(bytes: Uint8Array<ArrayBuffer> | string, name = 'photo.jpg'): FormData {
  const form = new FormData()
  form.append('file', new Blob([bytes]), name)
  return form
}

export function upload(kind: UploadKind, token: string, bytes: Uint8Array<ArrayBuffer> | string) {
  return call('POST', `/api/v1/storage/upload/${kind}`, { token, form: formWith(bytes) })
}

/** Uploads what must be accepted. */
export async function store(kind: UploadKind, token: string, bytes: Uint8Array<ArrayBuffer> | string) {
  return expectBody(await upload(kind, token, bytes), 201, StoredFile)
}

/** The address of the largest variant. */
export function urlOf(file: StoredFile): string {
  const [variant] = file.variants
  if (!variant) throw new Error('The file has no variant')
  return variant.url
}

/** Fetches a file as it is; `call` would read it as text. */
export async function download(
  url: string,
  options: { token?: string; headers?: Record<string, string> } = {},
) {
  const { token, headers } = options
  const response = await fetch(new URL(url, inject('url')), {
    headers: { ...(token !== undefined && { authorization: `Bearer ${token}` }), ...headers },
  })
  return {
    status: response.status,
    headers: response.headers,
    bytes: new Uint8Array(await response.arrayBuffer()),
  }
}

/** A picture of noise, with everything that a phone writes beside the pixels, and lying on its side. */
export async function phonePhoto(width: number, height: number): Promise<Uint8Array<ArrayBuffer>> {
  const jpeg = await sharp({
    create: {
      width,
      height,
      channels: 3,
      background: 'red',
      noise: { type: 'gaussian', mean: 128, sigma: 20 },
    },
  })
    .withExif({
      IFD0: { Make: 'Margwa Phone' },
      IFD3: {
        GPSLatitudeRef: 'N',
        GPSLatitude: '12/1 58/1 0/1',
        GPSLongitudeRef: 'E',
        GPSLongitude: '77/1 35/1 0/1',
      },
    })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer()
  return new Uint8Array(jpeg)
}

/** The smallest PDF that readers open, with something between its header and its end. */
export function pdf(content = ''): string {
  return `%PDF-1.4
1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj
2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj
3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >> endobj
${content}
trailer << /Root 1 0 R >>
%%EOF
`
}
