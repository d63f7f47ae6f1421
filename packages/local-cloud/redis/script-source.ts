import { createHash } from 'node:crypto'

/** The SHA-1 by which EVALSHA names a script: of the text as the client sent it. */
export function scriptDigest(script: string): string {
  return createHash('sha1').update(script).digest('hex')
}

/** Upstash's scripts begin with `#!lua flags=allow-key-locking`, which only Upstash knows. The line stays, empty. */
export function withoutShebang(script: string): string {
  return script.replace(/^#![^\n]*/, '')
}
