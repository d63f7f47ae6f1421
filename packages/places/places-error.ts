/** Google's answer was not had; the message says why, without what was asked. */
export class PlacesError extends Error {
  override readonly name = 'PlacesError'
  /** It was this request that was refused: the next one may well be answered. */
  readonly ofRequest: boolean

  constructor(message: string, { ofRequest = false } = {}) {
    super(message)
    this.ofRequest = ofRequest
  }
}
