/** Why the database did not start, in words for the person at the keyboard. */
export class DatabaseStartError extends Error {
  readonly code: 'in_use' | 'broken' | 'unreachable'

  constructor(code: DatabaseStartError['code'], message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'DatabaseStartError'
    this.code = code
  }
}
