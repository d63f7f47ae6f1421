import type { Hook } from '@hono/zod-openapi'
import { type FieldError, Problem } from '#packages/errors/problem.ts'
import type { AppEnv } from './app-env.ts'

/** The part of a zod issue that is shown. */
interface Issue {
  code: string
  path: PropertyKey[]
  message: string
  keys?: string[]
}

/** One field error per issue; an unknown field is named itself, not its parent. */
function explain(issue: Issue): FieldError[] {
  const path = issue.path.map(String)
  if (issue.code !== 'unrecognized_keys') return [{ path: path.join('.'), message: issue.message }]
  return (issue.keys ?? []).map((key) => ({ path: [...path, key].join('.'), message: 'Unknown field' }))
}

/** Answers input that a schema refused: 422 with the fields; an id in the path that cannot exist is a 404. */
export const explainIssues: Hook<unknown, AppEnv, string, unknown> = (result) => {
  if (result.success) return
  if (result.target === 'param') throw new Problem('not_found')
  throw new Problem('invalid_fields', { errors: result.error.issues.flatMap((issue) => explain(issue)) })
}
