import { type Bucket, DEFAULT_TYPE } from './bucket.ts'

/** What is needed of the bucket that Miniflare has for a Worker's binding. */
export interface MiniflareBucket {
  put(key: string, bytes: Uint8Array, options: { httpMetadata: { contentType: string } }): Promise<unknown>
  get(
    key: string,
  ): Promise<{ arrayBuffer(): Promise<ArrayBuffer>; httpMetadata?: { contentType?: string } } | null>
  delete(key: string): Promise<void>
}

/**
 * The bucket that the Worker has as a binding.
 * @param open asked each time: a reload of the Worker makes the former bucket useless
 */
export function bindingBucket(open: () => Promise<MiniflareBucket>): Bucket {
  return {
    put: async (key, { bytes, contentType }) => {
      await (await open()).put(key, bytes, { httpMetadata: { contentType } })
    },
    get: async (key) => {
      const object = await (await open()).get(key)
      if (object === null) return undefined
      const contentType = object.httpMetadata?.contentType ?? DEFAULT_TYPE
      return { bytes: new Uint8Array(await object.arrayBuffer()), contentType }
    },
    delete: async (key) => (await open()).delete(key),
  }
}
