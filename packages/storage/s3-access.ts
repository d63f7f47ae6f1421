import { AwsV4Signer } from 'aws4fetch'

/** Where a bucket's S3 interface is, and the key pair that opens it. */
export interface S3Access {
  /** `https://<account>.r2.cloudflarestorage.com` */
  endpoint: string
  bucket: string
  accessKeyId: string
  secretAccessKey: string
}

export interface ToSign {
  method: 'PUT' | 'GET' | 'HEAD' | 'DELETE'
  key: string
  headers?: Record<string, string>
}

/** The only region that R2 has. */
const REGION = 'auto'

/** Signs a request for an object by AWS Signature Version 4; `more` are aws4fetch's own options. */
export function signObject(
  { endpoint, bucket, accessKeyId, secretAccessKey }: S3Access,
  { method, key, headers = {} }: ToSign,
  more: { signQuery?: boolean; allHeaders?: boolean; datetime?: string; seconds?: number } = {},
): Promise<{ url: URL; headers: Headers }> {
  const url = new URL(`/${bucket}/${key.split('/').map(encodeURIComponent).join('/')}`, endpoint)
  const { seconds, ...options } = more
  if (seconds !== undefined) url.searchParams.set('X-Amz-Expires', String(seconds))
  return new AwsV4Signer({
    ...{ method, headers, accessKeyId, secretAccessKey },
    ...{ url: url.href, service: 's3', region: REGION, ...options },
  }).sign()
}
