import { PositionFrame } from '#packages/protocol/client-frame.ts'
import { takeToken, tokenBucket } from '#packages/rates/token-bucket.ts'
import { FRAME_RATE, MAX_ACCURACY_METRES, POSITION_RATE } from '#packages/ride-room/limits.ts'

/** What a peer has to look at before it passes a position on: the same as our room, with the same code. */
export class PositionChecks {
  #last = Number.NEGATIVE_INFINITY
  #frames = tokenBucket(FRAME_RATE, Date.now())
  #positions = tokenBucket(POSITION_RATE, Date.now())
  #seq = 0

  /** The position as viewers get it; null when it is refused or of no use. */
  accept(value: unknown, role: string): (PositionFrame & { seq: number }) | null {
    const now = Date.now()
    if (!takeToken(this.#frames, FRAME_RATE, now) || role !== 'driver') return null
    const frame = PositionFrame.safeParse(value)
    if (!frame.success) return null
    const at = Date.parse(frame.data.at)
    if (!takeToken(this.#positions, POSITION_RATE, now)) return null
    if ((frame.data.accuracy ?? 0) > MAX_ACCURACY_METRES || at <= this.#last) return null
    this.#last = at
    this.#seq += 1
    return { ...frame.data, seq: this.#seq }
  }
}
