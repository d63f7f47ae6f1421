import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { memoryBucket } from '../local-cloud/stand-ins/r2/bucket.ts'
import { createR2 } from '../local-cloud/stand-ins/r2/r2.ts'
import { StorageError } from './object-store.ts'
import { s3Bucket } from './s3-bucket.ts'

const keys = { accessKeyId: 'id', secretAccessKey: 'secret' }
const store = s3Bucket({ ...keys, endpoint: 'https://account.r2.cloudflarestorage.com', bucket: 'files' })
const bytes = new TextEncoder().encode('hello world')
const key = 'avatars/01/512 (1).webp'

type Answer = (request: Request) => Promise<Response>
let asked: Request[] = []

/** What the store asks for ends here. */
function answerWith(answer: Answer) {
  vi.stubGlobal('fetch', (url: URL, init: RequestInit) => {
    const request = new Request(url, init)
    asked.push(request)
    return answer(request)
  })
}

beforeEach(() => {
  asked = []
  const r2 = createR2({ ...keys, bucketName: 'files' })
  r2.keepIn(memoryBucket())
  answerWith((request) => r2.fetch(request))
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

const read = async (stream: ReadableStream<Uint8Array> | undefined) => new Response(stream).text()

test('what is put is there, whole and in part, until it is deleted', async () => {
  expect(await store.size(key)).toBeUndefined()
  expect(await store.get(key)).toBeUndefined()
  await store.put(key, bytes, 'image/webp')
  expect(await store.size(key)).toBe(11)
  expect(await read(await store.get(key))).toBe('hello world')
  expect(await read(await store.get(key, { first: 6, last: 10 }))).toBe('world')
  await store.delete([key, 'never/there'])
  expect(await store.get(key)).toBeUndefined()
})

test('of many keys none is forgotten', async () => {
  const many = Array.from({ length: 20 }, (_, index) => `many/${index}`)
  await Promise.all(many.map((each) => store.put(each, bytes, 'image/webp')))
  await store.delete(many)
  expect(await Promise.all(many.map((each) => store.size(each)))).toEqual(many.map(() => undefined))
})

test('an empty object is one', async () => {
  await store.put(key, new Uint8Array(), 'image/webp')
  expect([await store.size(key), await read(await store.get(key))]).toEqual([0, ''])
})

test('it asks for lengths in a way in which R2 tells them', async () => {
  await store.put(key, bytes, 'image/webp')
  await store.size(key)
  expect(asked.at(-1)?.headers.get('accept-encoding')).toBe('identity')
  expect(asked.at(-1)?.headers.get('authorization')).not.toContain('accept-encoding')
})

test.each([
  ['a refusal', 403],
  ['a failure', 500],
  ['a redirect', 307],
])('%s is an error that repeats nothing of it, and is not tried again', async (_, status) => {
  answerWith(
    async () => new Response('<Error>secret</Error>', { status, headers: { location: 'https://x.example' } }),
  )
  const tries = [
    () => store.put(key, bytes, 'image/webp'),
    () => store.size(key),
    () => store.get(key),
    () => store.delete([key]),
  ]
  for (const attempt of tries) {
    const error = await attempt().then(
      () => undefined,
      (reason: unknown) => reason,
    )
    expect(error).toBeInstanceOf(StorageError)
    expect(String(error)).toContain(String(status))
    expect(String(error)).not.toContain('secret')
  }
  expect(asked).toHaveLength(tries.length)
  expect(asked.map(({ redirect }) => redirect)).toEqual(tries.map(() => 'manual'))
})

test('where nothing can be put there is no bucket', async () => {
  answerWith(async () => new Response(null, { status: 404 }))
  await expect(store.put(key, bytes, 'image/webp')).rejects.toThrow(StorageError)
})

test('the whole object instead of a part is an error', async () => {
  answerWith(async () => new Response('hello world'))
  await expect(store.get(key, { first: 0, last: 1 })).rejects.toThrow(StorageError)
})

test('a size that is not told is an error', async () => {
  answerWith(async () => new Response(null))
  await expect(store.size(key)).rejects.toThrow('did not tell')
})

test('a network that is down is an error', async () => {
  answerWith(() => Promise.reject(new TypeError('fetch failed')))
  await expect(store.get(key)).rejects.toThrow(StorageError)
})

test('silence ends, but an answer that has begun may take its time', async () => {
  vi.useFakeTimers()
  answerWith(
    (request) =>
      new Promise((_, reject) => request.signal.addEventListener('abort', () => reject(request.signal.reason))),
  )
  const silent = expect(store.get(key)).rejects.toThrow('does not answer')
  await vi.waitFor(() => expect(asked).toHaveLength(1))
  await vi.advanceTimersByTimeAsync(15_000)
  await silent
  answerWith(async () => new Response('slow'))
  const stream = await store.get(key)
  await vi.advanceTimersByTimeAsync(60_000)
  expect([await read(stream), asked.at(-1)?.signal.aborted, vi.getTimerCount()]).toEqual(['slow', false, 0])
})
