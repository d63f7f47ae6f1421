interface Waiter {
  holder: object
  enter: (entered: boolean) => void
}

/** One holder at a time, first come, first served. */
export class SessionLock {
  #holder: object | undefined
  readonly #queue: Waiter[] = []

  isHeldBy(holder: object): boolean {
    return this.#holder === holder
  }

  /** Resolves with false when `timeoutMs` passed without a turn. */
  acquire(holder: object, timeoutMs: number): Promise<boolean> {
    if (this.#holder === undefined) {
      this.#holder = holder
      return Promise.resolve(true)
    }
    return new Promise((resolve) => {
      const waiter: Waiter = {
        holder,
        enter: (entered) => {
          clearTimeout(timer)
          resolve(entered)
        },
      }
      const timer = setTimeout(() => {
        this.#queue.splice(this.#queue.indexOf(waiter), 1)
        waiter.enter(false)
      }, timeoutMs)
      this.#queue.push(waiter)
    })
  }

  release(holder: object): void {
    if (this.#holder !== holder) return
    const next = this.#queue.shift()
    this.#holder = next?.holder
    next?.enter(true)
  }
}
