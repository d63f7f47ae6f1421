import http, { type IncomingMessage, type RequestOptions } from 'node:http'
import https from 'node:https'
import { EGRESS_HEADER } from './egress-wire.ts'

/**
 * Sends whatever this process asks of others through `node:https`, as firebase-admin does, to this address instead, with the URL
 * that it was for in a header. Returns what undoes it.
 * @param address `http://127.0.0.1:<port>`
 */
export function redirectHttps(address: string): () => void {
  const real = https.request
  const redirected = (options: RequestOptions, heard?: (response: IncomingMessage) => void) => {
    const { hostname, host, path, method, headers } = options
    const url = `https://${hostname ?? host ?? ''}${path ?? '/'}`
    const { host: _host, ...kept } = Object(headers)
    return http.request(address, { method, headers: { ...kept, [EGRESS_HEADER]: url } }, heard)
  }
  Reflect.set(https, 'request', redirected)
  return () => void Reflect.set(https, 'request', real)
}
