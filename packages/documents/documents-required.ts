import { Problem } from '../errors/problem.ts'
import type { Missing } from './standing.ts'

/** The refusal of somebody who is not enabled: each missing document with its state. */
export function documentsRequired(missing: readonly Missing[]): Problem {
  return new Problem('documents_required', {
    errors: missing.map(({ kind, state }) => ({ path: kind, message: state })),
  })
}
