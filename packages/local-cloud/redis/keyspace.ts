import { wrongType } from './reply.ts'

export class Hash extends Map<string, string> {}
export class SortedSet extends Map<string, number> {}
export class Members extends Set<string> {}
export class List {
  items: string[]

  constructor(items: string[] = []) {
    this.items = items
  }

  get size(): number {
    return this.items.length
  }
}

export type Collection = Hash | SortedSet | Members | List
export type Value = string | Collection

export interface Entry {
  value: Value
  /** Unix ms; from that instant on the key is gone. */
  expiresAt: number | undefined
  /** Grows with each new key, so that a SCAN cursor stays true while keys come and go. */
  readonly serial: number
}

/** The keys of one database. `now` is set once before each request: time stands still inside a script. */
export class Keyspace {
  now = 0
  /** Moves with every change; a snapshot is due when it differs from the saved one. */
  revision = 0
  private serial = 0
  private readonly entries = new Map<string, Entry>()

  entry(key: string): Entry | undefined {
    const entry = this.entries.get(key)
    if (entry?.expiresAt === undefined || entry.expiresAt > this.now) return entry
    this.delete(key)
    return undefined
  }

  /** The string at `key`; any other type is refused. */
  text(key: string): string | undefined {
    const value = this.entry(key)?.value
    if (value !== undefined && typeof value !== 'string') throw wrongType()
    return value
  }

  /** The collection at `key`; a string or another collection is refused. */
  read<T extends Collection>(key: string, kind: new () => T): T | undefined {
    const value = this.entry(key)?.value
    if (value === undefined) return undefined
    if (!(value instanceof kind)) throw wrongType()
    return value
  }

  /** Edits the collection at `key`, which begins to exist with its first member and ends with its last. */
  change<T extends Collection, R>(key: string, kind: new () => T, edit: (value: T) => R): R {
    const found = this.read(key, kind)
    const value = found ?? new kind()
    const result = edit(value)
    this.revision++
    if (value.size === 0) this.entries.delete(key)
    else if (!found) this.put(key, value)
    return result
  }

  put(key: string, value: Value, expiresAt?: number): void {
    this.entries.set(key, { value, expiresAt, serial: this.entry(key)?.serial ?? ++this.serial })
    this.revision++
  }

  /** @returns whether there was such a key */
  delete(key: string): boolean {
    this.revision++
    return this.entries.delete(key)
  }

  expire(key: string, expiresAt: number | undefined): void {
    const entry = this.entry(key)
    if (entry) entry.expiresAt = expiresAt
    this.revision++
  }

  /** Every key alive now, oldest first; the expired ones are dropped on the way. */
  *live(): Generator<[string, Entry]> {
    for (const key of this.entries.keys()) {
      const entry = this.entry(key)
      if (entry) yield [key, entry]
    }
  }

  clear(): void {
    this.entries.clear()
    this.revision++
  }
}
