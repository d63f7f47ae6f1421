import { type Answer, internal, refused } from './answer.ts'
import type { Client, Gateway } from './gateway.ts'
import { handOver, type Report } from './hand-over.ts'
import { type Batch, PositionPace } from './position-pace.ts'
import { readUpdate } from './read-update.ts'

/** The positions that drivers report, on their way to the rooms. */
export class PositionReports {
  readonly #gateway: Gateway
  readonly #pace = new PositionPace<Client, Report>()
  /** When the timer rings next; null: it is not set. */
  #timerAt: number | null = null

  constructor(gateway: Gateway) {
    this.#gateway = gateway
  }

  /** Takes a position in: it goes to its ride now, or with others when it is their turn. Then it is answered. */
  report(client: Client, argument: unknown, answer: (outcome: Answer) => void): void {
    const read = readUpdate(argument)
    if ('refusal' in read) {
      const refusal = refused({ code: 'invalid_event', message: read.refusal })
      return this.#gateway.enqueue(client, async () => answer(refusal))
    }
    const now = this.#gateway.around.now()
    const { rideId, at = new Date(now).toISOString(), ...fix } = read.update
    const frame = JSON.stringify({ type: 'position', ...fix, at })
    const batch = this.#pace.offer(client, rideId, { frame, answer }, now)
    if (batch === null) this.#setTimer(now)
    else this.#gateway.enqueue(client, () => this.send(batch))
  }

  /** Everything that is held of a client. */
  take(client: Client): Batch<Client, Report>[] {
    return this.#pace.take(client)
  }

  async send(batch: Batch<Client, Report>): Promise<void> {
    if (!this.#gateway.isHere(batch.client)) return
    await handOver(this.#gateway, batch).catch((error: unknown) => {
      this.#gateway.around.report('positions not handed over', error)
      for (const { answer } of batch.reports) answer(internal)
    })
  }

  /** One timer for everybody, that keeps the gateway awake as long as something is held and not longer. */
  #setTimer(now: number): void {
    const due = this.#pace.nextDue()
    if (due === null || (this.#timerAt !== null && this.#timerAt <= due)) return
    this.#timerAt = due
    this.#gateway.around.after(Math.max(0, due - now), () => this.#ring(due))
  }

  /** When it rings that time has come, whatever a clock of coarse steps says. */
  #ring(at: number): void {
    if (this.#timerAt === at) this.#timerAt = null
    const now = Math.max(at, this.#gateway.around.now())
    for (const batch of this.#pace.takeDue(now)) this.#gateway.enqueue(batch.client, () => this.send(batch))
    this.#setTimer(now)
  }
}
