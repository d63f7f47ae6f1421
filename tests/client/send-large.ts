import { request } from 'node:http'
import { inject } from 'vitest'
import { z } from 'zod'

/**
 * Sends a large body and takes the reply whenever it comes, as browsers and phones do; `fetch` of Node gives up when
 * the server stops reading.
 * @param announced whether Content-Length says how much comes
 */
export function sendLarge(
  path: string,
  token: string,
  body: Buffer,
  { type, announced }: { type: string; announced: boolean },
): Promise<{ status: number | undefined; body: unknown }> {
  const { promise, resolve, reject } = Promise.withResolvers<{ status: number | undefined; body: unknown }>()
  const headers = {
    authorization: `Bearer ${token}`,
    'content-type': type,
    ...(announced ? { 'content-length': body.length } : { 'transfer-encoding': 'chunked' }),
  }
  const outgoing = request(new URL(path, inject('url')), { method: 'POST', headers }, (response) => {
    let text = ''
    response.setEncoding('utf8')
    response.on('data', (part: string) => {
      text += part
    })
    response.on('end', () => resolve({ status: response.statusCode, body: z.json().parse(JSON.parse(text)) }))
    response.on('error', reject)
  })
  outgoing.on('error', reject)
  outgoing.end(body)
  return promise
}
