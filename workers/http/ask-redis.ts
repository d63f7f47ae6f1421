import { Problem } from '#packages/errors/problem.ts'

const RETRY_AFTER_SECONDS = 1

/** Asks Redis; no answer, a late one or an error means that a dependency is down, never that the answer is "no". */
export async function askRedis<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask()
  } catch (cause) {
    throw new Problem('dependency_unavailable', {
      detail: 'The cache does not answer',
      retryAfter: RETRY_AFTER_SECONDS,
      cause,
    })
  }
}
