/** A failed query says what was asked, with everything that is nobody's business; only its cause is fit for the log. */
function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return 'query' in error ? `${error.name}: ${messageOf(error.cause)}` : String(error)
}

/** Says on the console what went wrong in an object where nobody above would see it. */
export function logFailure(
  object: 'ride room' | 'user hub' | 'socket gateway',
  what: string,
  { error, ...details }: { error: unknown; [detail: string]: unknown },
): void {
  const line = { level: 'error', message: `${object}: ${what}`, ...details, error: messageOf(error) }
  // oxlint-disable-next-line no-console -- the console is where Workers collects logs
  console.error(JSON.stringify(line))
}
