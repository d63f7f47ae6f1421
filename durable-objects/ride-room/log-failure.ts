/** A failed query says what was asked, with everything that is nobody's business; only its cause is fit for the log. */
function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return 'query' in error ? `${error.name}: ${messageOf(error.cause)}` : String(error)
}

/** Says on the console what went wrong where nobody above would see it. */
export function logFailure(what: string, error: unknown): void {
  // oxlint-disable-next-line no-console -- the console is where Workers collects logs
  console.error(JSON.stringify({ level: 'error', message: `ride room: ${what}`, error: messageOf(error) }))
}
