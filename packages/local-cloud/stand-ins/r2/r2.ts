import { createHash } from 'node:crypto'
import { readRange } from '#packages/files/read-range.ts'
import { type Bucket, DEFAULT_TYPE, type StoredObject } from './bucket.ts'
import { refuse } from './s3-error.ts'
import { type KeyPair, verifySignature } from './verify-signature.ts'

export interface R2Options extends KeyPair {
  bucketName: string
  /** Unix ms. */
  clock?: () => number
}

/** Bytes. The real one takes 5 GiB at once. */
export const MAX_UPLOAD_BYTES = 64 * 1_048_576

const CORS = { 'access-control-allow-origin': '*', 'access-control-expose-headers': 'ETag' }
const PREFLIGHT = {
  ...CORS,
  'access-control-allow-methods': 'GET, HEAD, PUT',
  'access-control-allow-headers': 'content-type, range',
  'access-control-max-age': '3600',
}

/**
 * `<account>.r2.cloudflarestorage.com`: PUT, GET (with Range), HEAD and DELETE of `/<bucket>/<key>`, signed by header
 * or by address, and what a browser asks before. Until it has a bucket to keep objects in, it is unavailable.
 */
export function createR2({ bucketName, clock = Date.now, ...keys }: R2Options) {
  let bucket: Bucket | undefined

  const answer = async (request: Request): Promise<Response> => {
    const { method } = request
    if (method === 'OPTIONS') return new Response(null, { status: 204, headers: PREFLIGHT })
    const url = new URL(request.url)
    if (!isEncoded(url.pathname)) return refuse('InvalidURI', method !== 'HEAD')
    const body = new Uint8Array(await request.arrayBuffer())
    const headers = asReceived(request, url, body)
    const refusal = verifySignature({ method, url, headers, body }, keys, clock())
    const hasBody = method !== 'HEAD'
    if (refusal) return refuse(refusal, hasBody)
    const key = keyIn(url, bucketName)
    if (key === undefined) return refuse('NoSuchBucket', hasBody)
    if (bucket === undefined) return refuse('ServiceUnavailable', hasBody)

    if (method === 'PUT') {
      await bucket.put(key, { bytes: body, contentType: headers.get('content-type') ?? DEFAULT_TYPE })
      return new Response(null, { headers: { etag: etagOf(body) } })
    }
    if (method === 'DELETE') {
      await bucket.delete(key)
      return new Response(null, { status: 204 })
    }
    if (method !== 'GET' && method !== 'HEAD') return refuse('MethodNotAllowed', hasBody)
    const object = await bucket.get(key)
    return object ? show(object, headers.get('range'), hasBody) : refuse('NoSuchKey', hasBody)
  }
  return {
    /** Where objects are from now on. */
    keepIn(where: Bucket) {
      bucket = where
    },
    async fetch(request: Request): Promise<Response> {
      const response = await answer(request)
      if (request.headers.has('origin')) {
        for (const [name, value] of Object.entries(CORS)) response.headers.set(name, value)
      }
      return response
    },
  }
}

/** The headers as they were on the wire: a request that never travelled has no host and no length. */
function asReceived(request: Request, url: URL, body: Uint8Array): Headers {
  const headers = new Headers(request.headers)
  if (!headers.has('host')) headers.set('host', url.host)
  if (request.method === 'PUT') headers.set('content-length', String(body.length))
  return headers
}

function isEncoded(path: string): boolean {
  try {
    decodeURIComponent(path)
    return true
  } catch {
    return false
  }
}

/** The key in the path, if the bucket is ours. */
function keyIn(url: URL, bucketName: string): string | undefined {
  const [, name, ...key] = decodeURIComponent(url.pathname).split('/')
  return name === bucketName && key.join('') !== '' ? key.join('/') : undefined
}

function show({ bytes, contentType }: StoredObject, header: string | null, hasBody: boolean): Response {
  const range = readRange(header, bytes.length)
  if (range === 'unsatisfiable') return refuse('InvalidRange', hasBody)
  const headers = { 'content-type': contentType, etag: etagOf(bytes), 'accept-ranges': 'bytes' }
  const part = range === 'whole' ? bytes : bytes.slice(range.first, range.last + 1)
  const length = { 'content-length': String(part.length) }
  if (range === 'whole') return new Response(hasBody ? part : null, { headers: { ...headers, ...length } })
  const contentRange = { 'content-range': `bytes ${range.first}-${range.last}/${bytes.length}` }
  return new Response(hasBody ? part : null, {
    status: 206,
    headers: { ...headers, ...length, ...contentRange },
  })
}

function etagOf(bytes: Uint8Array): string {
  return `"${createHash('md5').update(bytes).digest('hex')}"`
}
