import type { z } from 'zod'
import { nameOf } from '#packages/errors/name-of.ts'
import { PlacesError } from '../places-error.ts'

export interface GoogleRequest {
  url: URL
  headers?: Record<string, string>
  /** Sent as JSON; absent: a GET. */
  body?: object
  timeoutMs: number
  /** Statuses that say that what was asked for does not exist. */
  missing?: readonly number[]
}

const BAD_REQUEST = 400

/**
 * Google's answer in the shape that is needed. Undefined: it does not know what was asked for.
 * @throws PlacesError where it does not answer in time, refuses, redirects, or answers something else
 */
export async function askGoogle<Shape extends z.ZodType>(
  { url, headers, body, timeoutMs, missing = [] }: GoogleRequest,
  shape: Shape,
): Promise<z.output<Shape> | undefined> {
  const reply = await read()
  if (reply === undefined) return undefined
  const parsed = shape.safeParse(reply.json)
  if (!parsed.success)
    throw new PlacesError(`Google's answer is none: ${parsed.error.issues[0]?.path.join('.')}`)
  return parsed.data

  async function read(): Promise<{ json: unknown } | undefined> {
    try {
      const response = await fetch(url, {
        method: body ? 'POST' : 'GET',
        headers: { ...headers, ...(body && { 'content-type': 'application/json' }) },
        ...(body && { body: JSON.stringify(body) }),
        redirect: 'manual',
        signal: AbortSignal.timeout(timeoutMs),
      })
      if (missing.includes(response.status)) return undefined
      if (response.status !== 200)
        throw new PlacesError(`Google answered ${response.status}`, {
          ofRequest: response.status === BAD_REQUEST,
        })
      return { json: await response.json() }
    } catch (cause) {
      // The cause may hold the address with the key in it, and does not go on.
      throw cause instanceof PlacesError ? cause : new PlacesError(`Google does not answer: ${nameOf(cause)}`)
    }
  }
}
