/** Why S3 refuses; the message is S3's own and says nothing about the request. */
const REFUSALS = {
  AccessDenied: [403, 'Access Denied'],
  AuthorizationHeaderMalformed: [400, 'The authorization header that you provided is not valid.'],
  AuthorizationQueryParametersError: [400, 'Query-string authentication version 4 requires its parameters.'],
  ExpiredRequest: [403, 'Request has expired'],
  InvalidAccessKeyId: [403, 'The access key ID that you provided does not exist in our records.'],
  InvalidRange: [416, 'The requested range cannot be satisfied.'],
  InvalidURI: [400, "Couldn't parse the specified URI."],
  MethodNotAllowed: [405, 'The specified method is not allowed against this resource.'],
  NoSuchBucket: [404, 'The specified bucket does not exist.'],
  NoSuchKey: [404, 'The specified key does not exist.'],
  RequestTimeTooSkewed: [403, 'The difference between the request time and the server time is too large.'],
  ServiceUnavailable: [503, 'Please reduce your request rate.'],
  SignatureDoesNotMatch: [
    403,
    'The request signature we calculated does not match the signature you provided. Check your secret access key and signing method.',
  ],
  XAmzContentSHA256Mismatch: [
    400,
    "The provided 'x-amz-content-sha256' header does not match what was computed.",
  ],
} as const satisfies Record<string, readonly [status: number, message: string]>

export type S3Code = keyof typeof REFUSALS

/** The reply that carries a refusal. S3 says of an expired address that access is denied. */
export function refuse(code: S3Code, hasBody: boolean): Response {
  const [status, message] = REFUSALS[code]
  const told = code === 'ExpiredRequest' ? 'AccessDenied' : code
  const xml = `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${told}</Code><Message>${message}</Message></Error>`
  return new Response(hasBody ? xml : null, { status, headers: { 'content-type': 'application/xml' } })
}
