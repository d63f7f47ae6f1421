import { MAX_WAITING_EVENTS } from './limits.ts'

/** Does the tasks of one client in their order, one at a time. */
export class EventQueue<Client extends object> {
  readonly #clients = new Map<Client, { last: Promise<void>; count: number }>()

  /** Puts a task in line; false: too many wait already. A task must not reject. */
  add(client: Client, task: () => Promise<void>): boolean {
    const line = this.#clients.get(client)
    if (!line) {
      this.#clients.set(client, { last: this.#finish(client, task()), count: 1 })
      return true
    }
    if (line.count >= MAX_WAITING_EVENTS) return false
    line.count += 1
    line.last = this.#finish(client, line.last.then(task))
    return true
  }

  async #finish(client: Client, task: Promise<void>): Promise<void> {
    await task
    const line = this.#clients.get(client)
    if (!line) return
    line.count -= 1
    if (line.count === 0) this.#clients.delete(client)
  }
}
