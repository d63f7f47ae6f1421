import { type S3Access, signObject } from './s3-access.ts'

export interface Upload {
  key: string
  contentType: string
  /** Exactly so many bytes. */
  bytes: number
  /** How long the address works; R2 takes 1 to 604,800. */
  seconds: number
}

export interface SignedUpload {
  /** Where to PUT the bytes; whoever knows it may, until it expires, and more than once. */
  url: string
  /** What has to be sent with them. A browser sets the length of its own accord. */
  headers: { 'content-type': string; 'content-length': string }
}

/**
 * Lets somebody write one object without passing through the application. Type and length are signed: with others the
 * bucket refuses. What the bytes are nobody has looked at yet.
 * @param now Unix ms
 */
export async function signUpload(access: S3Access, upload: Upload, now: number): Promise<SignedUpload> {
  const headers = { 'content-type': upload.contentType, 'content-length': String(upload.bytes) }
  const { url } = await signObject(
    access,
    { method: 'PUT', key: upload.key, headers },
    { signQuery: true, allHeaders: true, datetime: amzDate(now), seconds: upload.seconds },
  )
  return { url: url.href, headers }
}

/** `20260102T030405Z` */
function amzDate(now: number): string {
  return new Date(now).toISOString().replace(/[:-]|\.\d{3}/g, '')
}
