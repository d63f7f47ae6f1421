interface Waiting<Ask, Answer> {
  ask: Ask
  resolve: (answer: Answer) => void
  reject: (error: unknown) => void
}

export interface Gathering {
  /** Asks that one call carries at most. */
  together: number
  /** Calls on their way at the same time. */
  calls: number
}

/**
 * Has asks that come while others are on their way travel together: one that comes alone waits for nobody, and thousands that
 * come in the same second cost a few calls.
 */
export class GatheredAsks<Ask, Answer> {
  readonly #call: (asks: readonly Ask[]) => Promise<readonly Answer[]>
  readonly #limits: Gathering
  readonly #waiting: Waiting<Ask, Answer>[] = []
  #running = 0

  /** @param call answers each ask, in their order; where it rejects, all of them do */
  constructor(call: (asks: readonly Ask[]) => Promise<readonly Answer[]>, limits: Gathering) {
    this.#call = call
    this.#limits = limits
  }

  ask(ask: Ask): Promise<Answer> {
    const { promise, resolve, reject } = Promise.withResolvers<Answer>()
    this.#waiting.push({ ask, resolve, reject })
    if (this.#running < this.#limits.calls) void this.#run()
    return promise
  }

  async #run(): Promise<void> {
    this.#running += 1
    while (this.#waiting.length > 0) await this.#send(this.#waiting.splice(0, this.#limits.together))
    this.#running -= 1
  }

  async #send(waiting: readonly Waiting<Ask, Answer>[]): Promise<void> {
    try {
      const answers = await this.#call(waiting.map(({ ask }) => ask))
      if (answers.length !== waiting.length) throw new RangeError('not as many answers as asks')
      for (const [index, answer] of answers.entries()) waiting[index]?.resolve(answer)
    } catch (error) {
      for (const { reject } of waiting) reject(error)
    }
  }
}
