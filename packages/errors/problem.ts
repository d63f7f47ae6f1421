import { type ProblemCode, problemRegistry } from './registry.ts'

/** One invalid field of a request: where it is, in dots (`stops.0.lat`), and what is wrong with it. */
export interface FieldError {
  path: string
  message: string
}

export interface ProblemOptions {
  /** A sentence for the person who reads the reply; never personal data, SQL or secrets. */
  detail?: string
  errors?: FieldError[]
  /** Seconds after which a retry makes sense; becomes `Retry-After`. */
  retryAfter?: number
  /** What really happened, for the log only. */
  cause?: unknown
}

/** A refusal with a code of the registry. Thrown anywhere, answered at the edge as `application/problem+json`. */
export class Problem extends Error {
  readonly code: ProblemCode
  readonly status: number
  readonly title: string
  readonly detail: string | undefined
  readonly errors: FieldError[] | undefined
  readonly retryAfter: number | undefined

  constructor(code: ProblemCode, options: ProblemOptions = {}) {
    const [status, title] = problemRegistry[code]
    super(`${code}: ${options.detail ?? title}`, { cause: options.cause })
    this.name = 'Problem'
    this.code = code
    this.status = status
    this.title = title
    this.detail = options.detail
    this.errors = options.errors
    this.retryAfter = options.retryAfter
  }
}

/** A problem about one field of the request. */
export function fieldProblem(code: ProblemCode, path: string, message: string): Problem {
  return new Problem(code, { detail: message, errors: [{ path, message }] })
}
