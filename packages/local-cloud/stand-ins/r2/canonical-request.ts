/** What of a request its signature is about. */
export interface Signable {
  method: string
  url: URL
  headers: Headers
  /** The headers that were signed, sorted, in small letters. */
  signedHeaders: readonly string[]
  /** SHA-256 of the body in hex, or `UNSIGNED-PAYLOAD`. */
  payloadHash: string
}

const SIGNATURE = 'X-Amz-Signature'

/**
 * The canonical request of AWS Signature Version 4 as Amazon S3 has it (IAM user guide, "Create a signed AWS API
 * request", step 1): the path is encoded once and not normalized, an address leaves out its own signature.
 */
export function canonicalRequest({ method, url, headers, signedHeaders, payloadHash }: Signable): string {
  return [
    method,
    url.pathname
      .split('/')
      .map((part) => encode(decodeURIComponent(part)))
      .join('/'),
    [...url.searchParams]
      .filter(([name]) => name !== SIGNATURE)
      .map(([name, value]) => `${encode(name)}=${encode(value)}`)
      .toSorted(byCode)
      .join('&'),
    ...signedHeaders.map((name) => `${name}:${(headers.get(name) ?? '').trim().replace(/ +/g, ' ')}`),
    '',
    signedHeaders.join(';'),
    payloadHash,
  ].join('\n')
}

/** RFC 3986: everything but letters, digits and `-._~`. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

function byCode(left: string, right: string): number {
  if (left === right) return 0
  return left < right ? -1 : 1
}
