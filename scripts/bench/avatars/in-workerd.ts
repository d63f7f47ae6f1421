import { readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { convertV4MiniflareOptions, Miniflare } from 'miniflare'
import { readWrangler } from '../../system/read-wrangler.ts'
import { runCase } from './run-case.ts'

/** Run by Node: the Images binding in workerd. Behind it Miniflare has sharp, in its own process, not Cloudflare. */
const ENTRY = `
import { imagesBinding } from './images-binding.ts'
export default {
  async fetch(request, { IMAGES }) {
    const avatars = await imagesBinding(IMAGES).makeAvatars(new Uint8Array(await request.arrayBuffer()))
    return Response.json(avatars.map(({ webp }) => webp.length))
  }
}`

const pictures = new URL('../../../packages/pictures/', import.meta.url)
const module = (name: string) => ({
  type: 'ESModule' as const,
  path: name,
  contents: stripTypeScriptTypes(readFileSync(new URL(name, pictures), 'utf8')),
})
const { compatibilityDate, images } = readWrangler()
const miniflare = new Miniflare(
  convertV4MiniflareOptions({
    compatibilityDate,
    images,
    modulesRoot: '.',
    modules: [
      { type: 'ESModule', path: 'entry.js', contents: ENTRY },
      ...['images-binding.ts', 'picture-port.ts'].map(module),
    ],
  }),
)
await miniflare.ready
const picture = new Uint8Array(readFileSync(process.argv[2] ?? ''))
await runCase(async () => {
  const reply = await miniflare.dispatchFetch('http://localhost/', { method: 'POST', body: picture })
  if (!reply.ok) throw new Error(await reply.text())
  return reply.json()
})
await miniflare.dispose()
