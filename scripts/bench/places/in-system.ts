import { startSystem } from '../../system/start-system.ts'
import { signIn } from '../search/sign-in.ts'
import type { Question } from './choose-questions.ts'

/** With the same number of requests that search nothing, fewer than one person may ask in a minute. */
const QUESTIONS_EACH = 75
/** A town of the gazetteer. */
const NO_SEARCH = 'details/gn.1262321'

export interface InSystem {
  /** Milliseconds of each request that searches. */
  searches: number[]
  /** Of the one before it, which asks for a town by its id. */
  others: number[]
}

/**
 * Whole requests to `GET /places/autocomplete` in turn with ones that search nothing, one after the other, without a key of Google's:
 * with the token, the session and the counters in Redis, whose stand-in is in the process that measures.
 */
export async function measureInSystem(questions: readonly Question[]): Promise<InSystem> {
  const system = await startSystem({ port: 0, inboxPort: 0, variables: { GOOGLE_MAPS_API_KEY: '' } })
  const measure = async (path: string, token: string) => {
    const start = performance.now()
    const headers = { authorization: `Bearer ${token}`, 'accept-language': 'en' }
    const reply = await fetch(new URL(`/api/v1/places/${path}`, system.url), { headers })
    await reply.text()
    if (reply.status !== 200) throw new Error(`${path}: ${reply.status}`)
    return performance.now() - start
  }
  try {
    const results: InSystem = { searches: [], others: [] }
    let token = ''
    for (const [index, { input, near }] of questions.entries()) {
      if (index % QUESTIONS_EACH === 0) token = await signIn(system.url, system.journal, index)
      const position = near && { lat: String(near.lat), lng: String(near.lng) }
      const query = new URLSearchParams({ input, ...position })
      results.others.push(await measure(NO_SEARCH, token))
      results.searches.push(await measure(`autocomplete?${query.toString()}`, token))
    }
    return results
  } finally {
    await system.close()
  }
}
