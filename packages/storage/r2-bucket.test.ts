import { expect, test } from 'vitest'
import { StorageError } from './object-store.ts'
import { type BucketBinding, r2Bucket } from './r2-bucket.ts'

// What a real bucket does with it is tested in workerd.
function binding(change: Partial<BucketBinding> = {}) {
  const deleted: number[] = []
  const broken = () => Promise.reject(new Error('internal error; account 1234'))
  const bucket: BucketBinding = {
    put: broken,
    head: broken,
    get: broken,
    delete: async (keys) => void deleted.push(keys.length),
    ...change,
  }
  return { store: r2Bucket(bucket), deleted }
}

test('many keys are deleted in as many calls as the binding needs', async () => {
  const { store, deleted } = binding()
  await store.delete(Array.from({ length: 2001 }, (_, index) => `key/${index}`))
  expect(deleted).toEqual([1000, 1000, 1])
  await store.delete([])
  expect(deleted).toHaveLength(3)
})

test('whatever the binding throws is a StorageError without its words', async () => {
  const { store } = binding({ delete: () => Promise.reject(new Error('account 1234')) })
  for (const attempt of [
    store.put('x', new Uint8Array(), 'image/webp'),
    store.size('x'),
    store.get('x'),
    store.delete(['x']),
  ]) {
    const error: unknown = await attempt.catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(StorageError)
    expect(String(error)).not.toContain('1234')
  }
})
