const ATTEMPTS = 3
const FIRST_PAUSE_MS = 100

/** The platform's word for an object that has more to do than it can; it must not be asked more. */
export function isOverloaded(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'overloaded' in error && error.overloaded === true
}

/** The platform marks what may be tried again. */
function mayRetry(error: unknown): boolean {
  if (typeof error !== 'object' || error === null || isOverloaded(error)) return false
  return 'retryable' in error && error.retryable === true
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

/**
 * Calls an object by a stub that is kept from call to call, and made anew after a failure, as one that has failed may stay
 * broken. A new stub for each call leaves something behind that the runtime has to collect.
 */
export function keepStub<Stub>(
  make: () => Stub,
): <Result>(call: (stub: Stub) => Promise<Result>) => Promise<Result> {
  let kept: Stub | null = null
  return async (call) => {
    const stub = (kept ??= make())
    try {
      return await call(stub)
    } catch (error) {
      if (kept === stub) kept = null
      throw error
    }
  }
}
