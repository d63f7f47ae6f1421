/** What to make: its domain, its name as a file name, and where clients find it. */
export interface NewOperation {
  domain: string
  name: string
  method: string
  path: string
}

/** Says, for people, why nothing was made. */
export class ScaffoldError extends Error {
  override readonly name = 'ScaffoldError'
}
