/** The longest that a timer can wait. A room that is woken too early sets its alarm anew. */
const MAX_TIMER_MS = 2 ** 31 - 1

/** A timer that is set anew again and again; the last time counts. */
export class Bell {
  readonly #clock: () => number
  readonly #ring: (at: number) => void
  #timer: ReturnType<typeof setTimeout> | undefined

  /** @param ring gets the present, which is not before the time that was set unless that was too far away */
  constructor(clock: () => number, ring: (at: number) => void) {
    this.#clock = clock
    this.#ring = ring
  }

  /** @param at Unix milliseconds; null: it does not ring */
  set(at: number | null): void {
    this.stop()
    if (at === null) return
    const pause = Math.max(0, at - this.#clock())
    const isNear = pause <= MAX_TIMER_MS
    const ring = () => this.#ring(isNear ? Math.max(at, this.#clock()) : this.#clock())
    this.#timer = setTimeout(ring, isNear ? pause : MAX_TIMER_MS)
  }

  stop(): void {
    if (this.#timer !== undefined) clearTimeout(this.#timer)
    this.#timer = undefined
  }
}
