/** Consecutive bytes of an object, both ends included, within the object. */
export interface ByteRange {
  first: number
  last: number
}

/**
 * Where the bytes of files are: R2, through its binding or through its S3 interface. Rejects with a StorageError when
 * it does not answer, or not with what was asked for.
 */
export interface ObjectStore {
  /** Writes an object, all of it or nothing. */
  put(key: string, bytes: Uint8Array, contentType: string): Promise<void>
  /** The object's size in bytes. Undefined: no such object. */
  size(key: string): Promise<number | undefined>
  /** The object or a part of it, as it comes. Undefined: no such object. */
  get(key: string, range?: ByteRange): Promise<ReadableStream<Uint8Array> | undefined>
  /** Deletes objects; one that is not there is as good as deleted. */
  delete(keys: readonly string[]): Promise<void>
}

/** The store did not do what it was asked to; nothing of its answer is in the message but a status. */
export class StorageError extends Error {
  override readonly name = 'StorageError'
}
