import { Problem } from '#packages/errors/problem.ts'

const RETRY_AFTER_SECONDS = 2

/** Asks the bucket; no answer or an error means that a dependency is down. */
export async function askStore<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask()
  } catch (cause) {
    throw new Problem('dependency_unavailable', {
      detail: 'The file store does not answer',
      retryAfter: RETRY_AFTER_SECONDS,
      cause,
    })
  }
}
