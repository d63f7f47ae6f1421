import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { canonicalRequest } from './canonical-request.ts'
import { readSignature } from './read-signature.ts'
import type { S3Code } from './s3-error.ts'

export interface KeyPair {
  accessKeyId: string
  secretAccessKey: string
  /** R2's only one unless told otherwise. */
  region?: string
}

export interface SignedRequest {
  method: string
  url: URL
  headers: Headers
  body: Uint8Array
}

/** How far the clocks of two machines may be apart, milliseconds. */
const MAX_SKEW_MS = 15 * 60_000
const UNSIGNED = 'UNSIGNED-PAYLOAD'

/**
 * Checks a request by AWS Signature Version 4 with nothing but its specification, so that whoever signs is checked too.
 * @param now Unix ms
 * @returns why S3 would refuse it
 */
export function verifySignature(request: SignedRequest, keys: KeyPair, now: number): S3Code | undefined {
  const { headers, body } = request
  const { secretAccessKey, region = 'auto' } = keys
  const read = readSignature(request.url, headers)
  if (typeof read === 'string') return read
  if (read.accessKeyId !== keys.accessKeyId) return 'InvalidAccessKeyId'

  const day = read.date.slice(0, 8)
  if (read.scope !== `${day}/${region}/s3/aws4_request`) return 'SignatureDoesNotMatch'
  const { signedHeaders } = read
  const mustBeSigned = ['host', ...[...headers.keys()].filter((name) => name.startsWith('x-amz-'))]
  if (!mustBeSigned.every((name) => signedHeaders.includes(name))) return 'AccessDenied'

  const payloadHash = read.expires === undefined ? (headers.get('x-amz-content-sha256') ?? '') : UNSIGNED
  const text = [
    'AWS4-HMAC-SHA256',
    read.date,
    read.scope,
    sha256(canonicalRequest({ ...request, signedHeaders, payloadHash })),
  ].join('\n')
  const signature = hmac(signingKey(secretAccessKey, day, region), text)
  const offered = Buffer.from(read.signature, 'hex')
  if (offered.length !== signature.length || !timingSafeEqual(offered, signature))
    return 'SignatureDoesNotMatch'

  if (payloadHash !== UNSIGNED && payloadHash !== sha256(body)) return 'XAmzContentSHA256Mismatch'
  return objectToTime(Date.parse(isoOf(read.date)), read.expires, now)
}

/** Whether it was signed long ago, or will be. */
function objectToTime(signedAt: number, expires: number | undefined, now: number): S3Code | undefined {
  if (expires === undefined) return Math.abs(now - signedAt) <= MAX_SKEW_MS ? undefined : 'RequestTimeTooSkewed'
  if (!(signedAt - MAX_SKEW_MS <= now)) return 'AccessDenied'
  return now < signedAt + expires * 1000 ? undefined : 'ExpiredRequest'
}

function signingKey(secret: string, day: string, region: string): Buffer {
  return hmac(hmac(hmac(hmac(`AWS4${secret}`, day), region), 's3'), 'aws4_request')
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}

function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex')
}

/** `20260102T030405Z` with its dashes and colons. */
function isoOf(date: string): string {
  return date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z')
}
