/** An event as it is kept. */
export interface LoggedEvent {
  seq: number
  id: string
  /** Unix milliseconds. */
  at: number
  /** What it is the content of, where that may be deleted: a message's id. */
  about: string | null
  frame: string
}

/** What the hub reads of its durable events; it writes by effects. */
export interface EventLog {
  /** The number of the newest event, the one after which all are here, and when the oldest came (Unix ms). */
  bounds(): { newest: number; floor: number; oldestAt: number | null }
  has(id: string): boolean
  /** The frames of the events after a number, in order, without those that were erased. */
  after(seq: number): string[]
  /** What the events after the first number and up to the second are the content of: messages. */
  about(after: number, upTo: number): string[]
  /** The number of the newest event that came before that instant (Unix ms); 0 where there is none. */
  newestBefore(at: number): number
  /** When the first event after a number came (Unix ms); null where there is none. */
  oldestAfter(seq: number): number | null
}
