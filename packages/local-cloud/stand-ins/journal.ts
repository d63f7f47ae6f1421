export const JOURNAL_KINDS = [
  'sms',
  'push',
  'payment',
  'refund',
  'payout',
  'webhook',
  'maps',
  'refused',
] as const
export type JournalKind = (typeof JOURNAL_KINDS)[number]

export interface JournalEntry {
  /** Grows by one with each entry. */
  readonly id: number
  readonly kind: JournalKind
  /** ISO 8601, UTC. */
  readonly at: string
  readonly summary: string
  /** Whom it was for: a phone in E.164, a push token, an order id. */
  readonly to?: string
  readonly data: Readonly<Record<string, unknown>>
}

export interface JournalFilter {
  kind?: JournalKind
  to?: string
  /** Only entries later than this instant, Unix ms. */
  after?: number
  limit?: number
}

/** Called with each new entry, and with nothing when the journal was cleared or something else changed. */
export type JournalListener = (entry: JournalEntry | undefined) => void

export const MAX_JOURNAL_ENTRIES = 1000

/** Everything that reached a stand-in, newest first; the oldest fall out at MAX_JOURNAL_ENTRIES. */
export class Journal {
  private entries: JournalEntry[] = []
  private lastId = 0
  private readonly listeners = new Set<JournalListener>()
  private readonly clock: () => number

  /** @param clock Unix ms */
  constructor(clock: () => number = Date.now) {
    this.clock = clock
  }

  add(kind: JournalKind, summary: string, data: Record<string, unknown>, to?: string): JournalEntry {
    const at = new Date(this.clock()).toISOString()
    const entry = { id: ++this.lastId, kind, at, summary, data, ...(to !== undefined && { to }) }
    this.entries = [entry, ...this.entries.slice(0, MAX_JOURNAL_ENTRIES - 1)]
    this.announce(entry)
    return entry
  }

  list({ kind, to, after, limit = MAX_JOURNAL_ENTRIES }: JournalFilter = {}): JournalEntry[] {
    return this.entries
      .filter(
        (entry) =>
          (kind === undefined || entry.kind === kind) &&
          (to === undefined || entry.to === to) &&
          (after === undefined || Date.parse(entry.at) > after),
      )
      .slice(0, limit)
  }

  clear(): void {
    this.entries = []
    this.announce(undefined)
  }

  /** Tells listeners that something beside the entries changed. */
  touch(): void {
    this.announce(undefined)
  }

  /** @returns ends the subscription */
  subscribe(listener: JournalListener): () => void {
    this.listeners.add(listener)
    return () => void this.listeners.delete(listener)
  }

  private announce(entry: JournalEntry | undefined): void {
    for (const listener of this.listeners) listener(entry)
  }
}
