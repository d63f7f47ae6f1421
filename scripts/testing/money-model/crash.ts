/** When a process dies: at so many calls of the database or the gateway from now, before or after that call is done. */
export interface CrashPlan {
  at: number
  isDone: boolean
}

export class Crash extends Error {
  override readonly name = 'Crash'
}

type Fetch = (url: string, init: RequestInit) => Promise<Response>

/** A way out that can be cut: after the crash nothing gets out any more, as nothing does from a process that has died. */
export class Lifeline {
  readonly #fetch: Fetch
  #plan: CrashPlan | null = null
  #calls = 0
  #dead = false

  constructor(fetch: Fetch) {
    this.#fetch = fetch
  }

  get hasCrashed(): boolean {
    return this.#dead
  }

  /** Begins a new life. @param plan null: it does not end */
  begin(plan: CrashPlan | null): void {
    this.#plan = plan
    this.#calls = 0
    this.#dead = false
  }

  fetch: Fetch = async (url, init) => {
    if (this.#dead) throw new Crash('dead already')
    this.#calls += 1
    if (this.#calls !== this.#plan?.at) return this.#fetch(url, init)
    this.#dead = true
    if (this.#plan.isDone) await this.#fetch(url, init)
    throw new Crash(`at call ${this.#calls}`)
  }
}
