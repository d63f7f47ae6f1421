import { type ObjectStore, StorageError } from './object-store.ts'

/** What is needed of a bucket's binding, an `R2Bucket`. */
export interface BucketBinding {
  put(key: string, bytes: Uint8Array, options: { httpMetadata: { contentType: string } }): Promise<unknown>
  head(key: string): Promise<{ size: number } | null>
  get(
    key: string,
    options?: { range: { offset: number; length: number } },
  ): Promise<{ body: ReadableStream } | null>
  delete(keys: string[]): Promise<void>
}

/** As many keys as the binding deletes in one call. */
const MAX_KEYS_PER_DELETE = 1000

/** A bucket through the binding of a Worker: no keys and no signatures. */
export function r2Bucket(bucket: BucketBinding): ObjectStore {
  return {
    put: async (key, bytes, contentType) => {
      await answered(bucket.put(key, bytes, { httpMetadata: { contentType } }))
    },
    size: async (key) => (await answered(bucket.head(key)))?.size,
    get: async (key, range) => {
      const part = range && { range: { offset: range.first, length: range.last - range.first + 1 } }
      return (await answered(bucket.get(key, part)))?.body
    },
    delete: async (keys) => {
      for (let start = 0; start < keys.length; start += MAX_KEYS_PER_DELETE) {
        await answered(bucket.delete(keys.slice(start, start + MAX_KEYS_PER_DELETE)))
      }
    },
  }
}

function answered<Answer>(answer: Promise<Answer>): Promise<Answer> {
  return answer.catch((cause: unknown) => {
    throw new StorageError('the bucket did not do it', { cause })
  })
}
