/** How a request says who sent it, and that they did. */
export interface Signature {
  accessKeyId: string
  /** `20260102/auto/s3/aws4_request` */
  scope: string
  signedHeaders: readonly string[]
  signature: string
  /** `20260102T030405Z` */
  date: string
  /** Seconds that an address is good for; absent where the signature is a header. */
  expires?: number
}

const ALGORITHM = 'AWS4-HMAC-SHA256'
const HEADER = /^AWS4-HMAC-SHA256 Credential=([^, ]+), ?SignedHeaders=([^, ]+), ?Signature=([0-9a-f]{64})$/
/** A week. */
const MAX_EXPIRES = 604_800

/** Reads the signature from the Authorization header or from the address; nothing of it is checked yet. */
export function readSignature(
  url: URL,
  headers: Headers,
): Signature | 'AccessDenied' | 'AuthorizationHeaderMalformed' | 'AuthorizationQueryParametersError' {
  const query = url.searchParams
  const header = headers.get('authorization')
  if (header !== null) {
    const [, credential = '', signedHeaders = '', signature = ''] = HEADER.exec(header) ?? []
    const date = headers.get('x-amz-date')
    if (!credential || !date) return 'AuthorizationHeaderMalformed'
    return { ...split(credential), signedHeaders: signedHeaders.split(';'), signature, date }
  }
  if (!query.has('X-Amz-Algorithm')) return 'AccessDenied'
  const credential = query.get('X-Amz-Credential')
  const signature = query.get('X-Amz-Signature')
  const date = query.get('X-Amz-Date')
  const expires = Number(query.get('X-Amz-Expires') ?? Number.NaN)
  const isComplete = query.get('X-Amz-Algorithm') === ALGORITHM && credential && signature && date
  if (!isComplete || !Number.isInteger(expires) || expires < 1 || expires > MAX_EXPIRES) {
    return 'AuthorizationQueryParametersError'
  }
  const signedHeaders = (query.get('X-Amz-SignedHeaders') ?? '').split(';')
  return { ...split(credential), signedHeaders, signature, date, expires }
}

function split(credential: string): { accessKeyId: string; scope: string } {
  const [accessKeyId = '', ...scope] = credential.split('/')
  return { accessKeyId, scope: scope.join('/') }
}
