import { HTTPException } from 'hono/http-exception'
import { databaseProblem } from '#db/errors.ts'
import { Problem } from '#packages/errors/problem.ts'
import { SettingsError } from '../env.ts'

const MISCONFIGURED_RETRY_SECONDS = 60

/** Reads whatever was thrown as a problem. What nobody knows is `internal`, and its cause is for the log. */
export function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error
  if (error instanceof SettingsError) {
    return new Problem('dependency_unavailable', { retryAfter: MISCONFIGURED_RETRY_SECONDS, cause: error })
  }
  // Hono's own validators throw this for a body that is not JSON, or no form.
  if (error instanceof HTTPException && error.status === 400)
    return new Problem(error.message.includes('FormData') ? 'malformed_form' : 'malformed_json')
  return databaseProblem(error) ?? new Problem('internal', { cause: error })
}

/** RFC 9457: `application/problem+json` with our code, the request id and, for bad input, the fields. */
export function problemReply(problem: Problem, requestId: string): Response {
  const { status, code, title, detail, errors, retryAfter } = problem
  const body = { type: `https://margwa.dev/problems/${code}`, title, status, code, detail, requestId, errors }
  const headers = new Headers({ 'content-type': 'application/problem+json' })
  if (retryAfter !== undefined) headers.set('retry-after', String(Math.max(1, Math.ceil(retryAfter))))
  if (status === 401) headers.set('www-authenticate', 'Bearer')
  return new Response(JSON.stringify(body), { status, headers })
}
