import { type ObjectStore, StorageError } from './object-store.ts'
import { type S3Access, signObject, type ToSign } from './s3-access.ts'

/** How long the store may take to begin its answer, milliseconds; an object of the greatest size is up by then. */
const TIMEOUT_MS = 15_000
/** Objects that are deleted at once; S3 has no simple way to delete several. */
const DELETES_AT_ONCE = 8

/** A bucket through R2's S3 interface, for places without a binding. One try, no redirects. */
export function s3Bucket(access: S3Access): ObjectStore {
  const ask = async (
    toSign: ToSign,
    statuses: readonly number[],
    body: Uint8Array<ArrayBuffer> | null = null,
  ): Promise<Response> => {
    const { url, headers } = await signObject(access, toSign)
    // Not signed, since proxies rewrite it. R2 leaves out the length of what it could compress.
    headers.set('accept-encoding', 'identity')
    const response = await inTime((signal) =>
      fetch(url, { method: toSign.method, headers, body, signal, redirect: 'manual' }),
    )
    if (statuses.includes(response.status)) return response
    await response.body?.cancel()
    throw new StorageError(`the store answered ${toSign.method} with ${response.status}`)
  }
  const remove = async (key: string) => {
    const response = await ask({ method: 'DELETE', key }, [200, 204, 404])
    await response.body?.cancel()
  }
  return {
    put: async (key, bytes, contentType) => {
      const headers = { 'content-type': contentType }
      const response = await ask({ method: 'PUT', key, headers }, [200], new Uint8Array(bytes))
      await response.body?.cancel()
    },
    size: async (key) => {
      const response = await ask({ method: 'HEAD', key }, [200, 404])
      if (response.status === 404) return undefined
      const length = response.headers.get('content-length')
      if (length === null) throw new StorageError('the store did not tell a size')
      return Number(length)
    },
    get: async (key, range) => {
      const headers: Record<string, string> = range ? { range: `bytes=${range.first}-${range.last}` } : {}
      const response = await ask({ method: 'GET', key, headers }, [range ? 206 : 200, 404])
      if (response.status !== 404) return response.body ?? new Blob([]).stream()
      await response.body?.cancel()
      return undefined
    },
    delete: async (keys) => {
      for (let start = 0; start < keys.length; start += DELETES_AT_ONCE) {
        await Promise.all(keys.slice(start, start + DELETES_AT_ONCE).map(remove))
      }
    },
  }
}

/** Waits for the beginning of an answer only: its bytes go at the pace of whoever reads them. */
async function inTime(ask: (signal: AbortSignal) => Promise<Response>): Promise<Response> {
  const controller = new AbortController()
  const timer = setTimeout(() => controller.abort(), TIMEOUT_MS)
  try {
    return await ask(controller.signal)
  } catch (cause) {
    throw new StorageError('the store does not answer', { cause })
  } finally {
    clearTimeout(timer)
  }
}
