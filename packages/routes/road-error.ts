/** No road was had; the message says why, without positions. */
export class RoadError extends Error {
  override readonly name = 'RoadError'
}
