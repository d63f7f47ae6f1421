import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import { r2Bucket } from '#packages/storage/r2-bucket.ts'

declare global {
  namespace Cloudflare {
    interface Env {
      FILES: R2Bucket
    }
  }
}

const store = r2Bucket(env.FILES)
const read = (stream: ReadableStream<Uint8Array> | undefined) => new Response(stream).text()

test('what is put is there, whole and in part, until it is deleted', async () => {
  const key = 'avatars/01/512 (1).webp'
  expect([await store.size(key), await store.get(key)]).toEqual([undefined, undefined])
  await store.put(key, new TextEncoder().encode('hello world'), 'image/webp')
  expect(await store.size(key)).toBe(11)
  expect((await env.FILES.head(key))?.httpMetadata?.contentType).toBe('image/webp')
  expect(await read(await store.get(key))).toBe('hello world')
  expect(await read(await store.get(key, { first: 6, last: 10 }))).toBe('world')
  expect(await read(await store.get(key, { first: 0, last: 0 }))).toBe('h')
  await store.delete([key, 'never/there'])
  expect(await store.get(key)).toBeUndefined()
})

test('an empty object is one', async () => {
  await store.put('empty', new Uint8Array(), 'image/webp')
  expect([await store.size('empty'), await read(await store.get('empty'))]).toEqual([0, ''])
})
