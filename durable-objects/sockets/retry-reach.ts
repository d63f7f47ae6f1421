const ATTEMPTS = 3
const FIRST_PAUSE_MS = 100

/** The platform marks what may be tried again; an overloaded object must not be asked more. */
function mayRetry(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false
  const retryable = 'retryable' in error && error.retryable === true
  return retryable && !('overloaded' in error && error.overloaded === true)
}

/**
 * Runs a call to a Durable Object, up to three times with growing random pauses. The call must make its own stub: one
 * that has failed may stay broken.
 * @throws the last error
 */
export async function retryReach<Result>(call: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await call()
    } catch (error) {
      if (attempt === ATTEMPTS || !mayRetry(error)) throw error
      const pause = Math.random() * FIRST_PAUSE_MS * 2 ** (attempt - 1)
      await new Promise((resolve) => setTimeout(resolve, pause))
    }
  }
}
