import { expect, test } from 'vitest'
import { verifySignature } from './verify-signature.ts'

// The examples of Amazon's own documents: S3 API reference, "Signature Calculations for the Authorization Header" and
// "Authenticating Requests: Using Query Parameters".
const keys = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  region: 'us-east-1',
}
const DATE = '20130524T000000Z'
const NOW = Date.UTC(2013, 4, 24)
const SCOPE = '20130524/us-east-1/s3/aws4_request'
const HOST = 'examplebucket.s3.amazonaws.com'
const EMPTY = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'

interface Example {
  method?: string
  path: string
  headers?: Record<string, string>
  body?: string
}

function example({ method = 'GET', path, headers = {}, body = '' }: Example) {
  const url = new URL(path, `https://${HOST}`)
  return { method, url, headers: new Headers({ host: HOST, ...headers }), body: new TextEncoder().encode(body) }
}

function byHeader(signedHeaders: string, signature: string, headers: Record<string, string>) {
  const authorization = `AWS4-HMAC-SHA256 Credential=${keys.accessKeyId}/${SCOPE},SignedHeaders=${signedHeaders},Signature=${signature}`
  return { authorization, 'x-amz-date': DATE, ...headers }
}

const getObject = (more: Partial<Example> = {}) =>
  example({
    path: '/test.txt',
    headers: byHeader(
      'host;range;x-amz-content-sha256;x-amz-date',
      'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
      { range: 'bytes=0-9', 'x-amz-content-sha256': EMPTY },
    ),
    ...more,
  })

const putObject = (body = 'Welcome to Amazon S3.') =>
  example({
    method: 'PUT',
    path: '/test%24file.text',
    headers: byHeader(
      'date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class',
      '98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd',
      {
        date: 'Fri, 24 May 2013 00:00:00 GMT',
        'x-amz-storage-class': 'REDUCED_REDUNDANCY',
        'x-amz-content-sha256': '44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072',
      },
    ),
    body,
  })

const address = (more: Record<string, string> = {}) =>
  `/test.txt?${new URLSearchParams({
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Credential': `${keys.accessKeyId}/${SCOPE}`,
    'X-Amz-Date': DATE,
    'X-Amz-Expires': '86400',
    'X-Amz-SignedHeaders': 'host',
    'X-Amz-Signature': 'aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404',
    ...more,
  })}`

test('the examples of the specification are right', () => {
  expect(verifySignature(getObject(), keys, NOW)).toBeUndefined()
  expect(verifySignature(putObject(), keys, NOW)).toBeUndefined()
  expect(verifySignature(example({ path: address() }), keys, NOW)).toBeUndefined()
})

test.each([
  ['path', { path: '/other.txt' }],
  ['method', { method: 'DELETE' }],
  ['query', { path: '/test.txt?acl=' }],
])('another %s does not match', (_, more) => {
  expect(verifySignature(getObject(more), keys, NOW)).toBe('SignatureDoesNotMatch')
})

test('another header, secret, scope or body does not match', () => {
  const other = getObject()
  other.headers.set('range', 'bytes=0-10')
  expect(verifySignature(other, keys, NOW)).toBe('SignatureDoesNotMatch')
  expect(verifySignature(getObject(), { ...keys, secretAccessKey: 'x' }, NOW)).toBe('SignatureDoesNotMatch')
  expect(verifySignature(getObject(), { ...keys, region: 'auto' }, NOW)).toBe('SignatureDoesNotMatch')
  expect(verifySignature(putObject('Welcome to Amazon S4.'), keys, NOW)).toBe('XAmzContentSHA256Mismatch')
})

test('who signs is known, and signs all that the service reads', () => {
  expect(verifySignature(getObject(), { ...keys, accessKeyId: 'AKIAOTHER' }, NOW)).toBe('InvalidAccessKeyId')
  const added = getObject()
  added.headers.set('x-amz-acl', 'public-read')
  expect(verifySignature(added, keys, NOW)).toBe('AccessDenied')
})

test.each([
  ['without a signature', {}, 'AccessDenied'],
  ['with another kind of one', { authorization: 'Bearer x' }, 'AuthorizationHeaderMalformed'],
  [
    'without a date',
    { authorization: byHeader('host', '0'.repeat(64), {}).authorization },
    'AuthorizationHeaderMalformed',
  ],
])('a request %s', (_, headers, code) => {
  expect(verifySignature(example({ path: '/test.txt', headers }), keys, NOW)).toBe(code)
})

test.each([
  ['a longer life', { 'X-Amz-Expires': '90000' }, 'SignatureDoesNotMatch'],
  ['more than a week', { 'X-Amz-Expires': '604801' }, 'AuthorizationQueryParametersError'],
  ['no life', { 'X-Amz-Expires': '0' }, 'AuthorizationQueryParametersError'],
  ['another algorithm', { 'X-Amz-Algorithm': 'AWS4-ECDSA-P256-SHA256' }, 'AuthorizationQueryParametersError'],
  ['a later date', { 'X-Amz-Date': '20130524T000001Z' }, 'SignatureDoesNotMatch'],
  ['a date that is none', { 'X-Amz-Date': '20130524' }, 'SignatureDoesNotMatch'],
  ['no signed host', { 'X-Amz-SignedHeaders': 'date' }, 'AccessDenied'],
  ['a short signature', { 'X-Amz-Signature': 'aeeed9' }, 'SignatureDoesNotMatch'],
])('an address with %s', (_, more, code) => {
  expect(verifySignature(example({ path: address(more) }), keys, NOW)).toBe(code)
})

test('an address works until its last second, and not from tomorrow on', () => {
  const at = (seconds: number) => verifySignature(example({ path: address() }), keys, NOW + seconds * 1000)
  expect([at(86_399), at(86_400)]).toEqual([undefined, 'ExpiredRequest'])
  expect([at(-900), at(-901)]).toEqual([undefined, 'AccessDenied'])
})

test('a header is good for a quarter of an hour', () => {
  const at = (seconds: number) => verifySignature(getObject(), keys, NOW + seconds * 1000)
  expect([at(-900), at(900)]).toEqual([undefined, undefined])
  expect([at(-901), at(901)]).toEqual(['RequestTimeTooSkewed', 'RequestTimeTooSkewed'])
})
