export interface StoredObject {
  bytes: Uint8Array<ArrayBuffer>
  contentType: string
}

/** What the stand-in keeps its objects in. */
export interface Bucket {
  put(key: string, object: StoredObject): Promise<void>
  get(key: string): Promise<StoredObject | undefined>
  delete(key: string): Promise<void>
}

/** What an object is that was put without a type. */
export const DEFAULT_TYPE = 'application/octet-stream'

/** A bucket that is gone with the process. */
export function memoryBucket(): Bucket {
  const objects = new Map<string, StoredObject>()
  return {
    put: async (key, object) => void objects.set(key, object),
    get: async (key) => objects.get(key),
    delete: async (key) => void objects.delete(key),
  }
}
