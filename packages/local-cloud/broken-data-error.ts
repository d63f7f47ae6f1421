/** A file of the data directory is not what this program wrote; the message says which, and what to do. */
export class BrokenDataError extends Error {
  override readonly name = 'BrokenDataError'
}
