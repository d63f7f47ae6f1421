import { z } from '@hono/zod-openapi'
import type { Services } from '../context.ts'

/** A square picture of a person; `size` is its edge in pixels. */
export const Photo = z.array(z.object({ size: z.int(), url: z.string() })).openapi('Photo')

/** The variants of an avatar are named by their edge: `512.webp`. */
export async function presentPhoto(
  photo: { id: string; variants: readonly { name: string }[] },
  { files, now }: Pick<Services, 'files'> & { now: number },
): Promise<z.input<typeof Photo>> {
  const links = await files.link({ ...photo, purpose: 'avatar' }, now)
  return links.map(({ url }, n) => ({ size: Number.parseInt(photo.variants[n]?.name ?? '0', 10), url }))
}
