import type { z } from 'zod'

/** Longest explanation sent back; it may quote the client's own words. */
const MAX_MESSAGE_LENGTH = 200

/** The value of a client's JSON; null where it is none. */
export function readJson(text: string): { value: unknown } | null {
  try {
    return { value: JSON.parse(text) }
  } catch {
    return null
  }
}

/** What is wrong with a frame, for its client to read. */
export function explainFrame({ issues: [issue] }: z.ZodError): string {
  if (!issue) return 'The frame is not valid'
  const path = issue.path.join('.')
  return `${path === '' ? '' : `${path}: `}${issue.message}`.slice(0, MAX_MESSAGE_LENGTH)
}
