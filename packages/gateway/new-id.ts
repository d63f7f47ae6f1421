import { base64url } from '#packages/secrets/encode-bytes.ts'

const BYTES = 15

/** Twenty characters that nobody guesses. */
export function newId(): string {
  return base64url(crypto.getRandomValues(new Uint8Array(BYTES)))
}

/** The name under which a client comes back: its id, which others may see, and a secret. */
export function newPid(): string {
  return `${newId()}.${newId()}`
}

const PID = /^([\w-]{20})\.[\w-]{20}$/

/** The socket id that belongs to a pid; null: it is not one of ours. */
export function idOfPid(pid: string): string | null {
  return PID.exec(pid)?.[1] ?? null
}
