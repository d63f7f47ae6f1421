import { inject } from 'vitest'
import type { z } from 'zod'
import { assertContract } from './assert-contract.ts'

export interface CallOptions {
  token?: string | undefined
  body?: unknown
  /** Sent as `multipart/form-data` instead of `body`. */
  form?: FormData
  /** Sent as it is instead of `body`. */
  rawBody?: string | ReadableStream<Uint8Array>
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
  const { token, body, form, rawBody, headers } = options
  // A form goes with its length ahead: a connection with half a form on it could not be used again after a refusal.
  const encoded = form && new Response(form)
  const content =
    (await encoded?.arrayBuffer()) ?? rawBody ?? (body === undefined ? undefined : JSON.stringify(body))
  const url = new URL(path, inject('url'))
  const response = await fetch(url, {
    method,
    redirect: 'manual',
    headers: {
      ...(content !== undefined && {
        'content-type': encoded?.headers.get('content-type') ?? 'application/json',
      }),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(content !== undefined && { body: content }),
    ...(content instanceof ReadableStream && { duplex: 'half' as const }),
  })
  const reply = { status: response.status, headers: response.headers, body: await readJson(response) }
  await assertContract(method, url.pathname, reply)
  return reply
}

async function readJson(response: Response): Promise<unknown> {
  const text = await response.text()
  if (text === '') return undefined
  return response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : text
}

/** What a refusal looks like, for `toMatchObject`. */
export function refusal(
  status: number,
  code: string,
): { status: number; body: { status: number; code: string } } {
  return { status, body: { status, code } }
}

/** A refusal that names one invalid field. */
export function fieldRefusal(path: string, code = 'invalid_fields') {
  return { status: 422, body: { status: 422, code, errors: [{ path }] } }
}

/** The body of a reply that must have this status; anything else fails with what came instead. */
export function expectBody<Shape extends z.ZodType>(
  reply: ApiReply,
  status: number,
  shape: Shape,
): z.infer<Shape> {
  if (reply.status !== status)
    throw new Error(`${status} was expected, but ${reply.status} came: ${JSON.stringify(reply.body)}`)
  return shape.parse(reply.body)
}
