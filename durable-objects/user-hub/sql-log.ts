import type { EventLog, LoggedEvent } from '#packages/user-hub/event-log.ts'

/** What SQLite says of one column that holds, or is, a number. */
const asNumber = (value: SqlStorageValue | undefined): number | null =>
  typeof value === 'number' ? value : null

/** The durable events of a hub, in its SQLite. */
export class SqlLog implements EventLog {
  readonly #sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.#sql = sql
    sql.exec(`create table if not exists events
      (seq integer primary key, id text not null unique, at integer not null, about text, frame text not null)`)
  }

  bounds(): ReturnType<EventLog['bounds']> {
    const [row] = this.#sql.exec('select max(seq) as newest, min(seq) as oldest from events')
    const oldest = asNumber(row?.['oldest'])
    const floor = oldest === null ? 0 : oldest - 1
    return { newest: asNumber(row?.['newest']) ?? 0, floor, oldestAt: this.oldestAfter(floor) }
  }

  has(id: string): boolean {
    return this.#sql.exec('select 1 from events where id = ?', id).toArray().length > 0
  }

  after(seq: number): string[] {
    const rows = this.#sql.exec(`select frame from events where seq > ? and frame <> '' order by seq`, seq)
    return [...rows].flatMap(({ frame }) => (typeof frame === 'string' ? [frame] : []))
  }

  about(after: number, upTo: number): string[] {
    const rows = this.#sql.exec(
      `select about from events where seq > ? and seq <= ? and about is not null and frame <> ''`,
      after,
      upTo,
    )
    return [...rows].flatMap(({ about }) => (typeof about === 'string' ? [about] : []))
  }

  newestBefore(at: number): number {
    const [row] = this.#sql.exec('select max(seq) as seq from events where at < ?', at)
    return asNumber(row?.['seq']) ?? 0
  }

  oldestAfter(seq: number): number | null {
    const [row] = this.#sql.exec('select at from events where seq > ? order by seq limit 1', seq)
    return asNumber(row?.['at'])
  }

  append({ seq, id, at, about, frame }: LoggedEvent): void {
    this.#sql.exec(
      'insert into events (seq, id, at, about, frame) values (?, ?, ?, ?, ?)',
      seq,
      id,
      at,
      about,
      frame,
    )
  }

  trim(upTo: number): void {
    this.#sql.exec('delete from events where seq <= ?', upTo)
  }

  clear(): void {
    this.#sql.exec('delete from events')
  }

  erase(about: string): void {
    this.#sql.exec(`update events set frame = '' where about = ?`, about)
  }
}
