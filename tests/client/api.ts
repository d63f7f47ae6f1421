import { inject } from 'vitest'
import { assertContract } from './assert-contract.ts'

export interface CallOptions {
  token?: string | undefined
  body?: unknown
  /** Sent as it is instead of `body`. */
  rawBody?: string
  headers?: Record<string, string>
}

/** A reply with its body read. */
export interface ApiReply {
  status: number
  headers: Headers
  /** JSON as it came; undefined without a body. */
  body: unknown
}

/**
 * Calls the system under test. Every reply is checked against the OpenAPI document: an undeclared status or a body
 * that does not fit its schema fails the test that caused it.
 */
export async function call(method: string, path: string, options: CallOptions = {}): Promise<ApiReply> {
  const { token, body, rawBody, headers } = options
  const text = rawBody ?? (body === undefined ? undefined : JSON.stringify(body))
  const response = await fetch(new URL(path, inject('url')), {
    method,
    headers: {
      ...(text !== undefined && { 'content-type': 'application/json' }),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(text !== undefined && { body: text }),
  })
  const reply = { status: response.status, headers: response.headers, body: await readJson(response) }
  await assertContract(method, new URL(path, inject('url')).pathname, reply)
  return reply
}

async function readJson(response: Response): Promise<unknown> {
  const text = await response.text()
  if (text === '') return undefined
  return response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : text
}
