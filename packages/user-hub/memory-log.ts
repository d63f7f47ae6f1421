import type { EventLog, LoggedEvent } from './event-log.ts'

/** A log in memory, for hubs whose process does not sleep. */
export class MemoryLog implements EventLog {
  #events: LoggedEvent[] = []
  readonly #ids = new Set<string>()
  #floor: number

  /** @param floor the number after which events are numbered */
  constructor(floor = 0) {
    this.#floor = floor
  }

  bounds(): ReturnType<EventLog['bounds']> {
    const newest = this.#events.at(-1)?.seq ?? this.#floor
    return { newest, floor: this.#floor, oldestAt: this.#events[0]?.at ?? null }
  }

  has(id: string): boolean {
    return this.#ids.has(id)
  }

  after(seq: number): string[] {
    return this.#events.filter((event) => event.seq > seq && event.frame !== '').map(({ frame }) => frame)
  }

  about(after: number, upTo: number): string[] {
    const within = this.#events.filter(({ seq, frame }) => seq > after && seq <= upTo && frame !== '')
    return within.flatMap(({ about }) => about ?? [])
  }

  newestBefore(at: number): number {
    return this.#events.findLast((event) => event.at < at)?.seq ?? 0
  }

  oldestAfter(seq: number): number | null {
    return this.#events.find((event) => event.seq > seq)?.at ?? null
  }

  append(event: LoggedEvent): void {
    this.#events.push(event)
    this.#ids.add(event.id)
  }

  /** Forgets the events up to a number. */
  trim(upTo: number): void {
    for (const { seq, id } of this.#events) if (seq <= upTo) this.#ids.delete(id)
    this.#events = this.#events.filter(({ seq }) => seq > upTo)
    this.#floor = Math.max(this.#floor, upTo)
  }

  clear(): void {
    this.#events = []
    this.#ids.clear()
  }

  /** Forgets what was said in the event about this; that it came is still known. */
  erase(about: string): void {
    this.#events = this.#events.map((event) => (event.about === about ? { ...event, frame: '' } : event))
  }
}
