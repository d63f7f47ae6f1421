import { convertV4MiniflareOptions, Miniflare } from 'miniflare'
import { expect, onTestFinished, test } from 'vitest'
import { bindingBucket } from './binding-bucket.ts'

const START_MS = 20_000

/** A Worker that answers with what its binding has. */
const options = convertV4MiniflareOptions({
  modules: true,
  compatibilityDate: '2026-10-01',
  r2Buckets: { FILES: 'margwa-files' },
  script: `export default {
    async fetch(request, { FILES }) {
      const object = await FILES.get(new URL(request.url).pathname.slice(1))
      return object ? new Response(object.body, { headers: { 'content-type': object.httpMetadata.contentType } })
        : new Response(null, { status: 404 })
    }
  }`,
})

test('what is put from outside is what the Worker has, also after a reload', {
  timeout: START_MS,
}, async () => {
  const miniflare = new Miniflare(options)
  onTestFinished(() => miniflare.dispose())
  const bucket = bindingBucket(() => miniflare.getR2Bucket('FILES'))
  const seen = () => miniflare.dispatchFetch('http://localhost/uploads/1')
  const object = { bytes: Uint8Array.of(1, 2, 3), contentType: 'image/png' }

  await bucket.put('uploads/1', object)
  const reply = await seen()
  expect([reply.headers.get('content-type'), new Uint8Array(await reply.arrayBuffer())]).toEqual([
    'image/png',
    object.bytes,
  ])
  await miniflare.setOptions(options)
  expect(await bucket.get('uploads/1')).toEqual(object)
  await bucket.delete('uploads/1')
  expect(await bucket.get('uploads/1')).toBeUndefined()
  expect((await seen()).status).toBe(404)
})
