import { isLinkId } from '#packages/gateway-orders/link-id.ts'
import type { MemberId } from '#packages/ride-room/effect.ts'
import { PlanRow } from '#packages/ride-room/ride-plan.ts'
import { MemberRecord, RoomRecord } from '#packages/ride-room/room-record.ts'
import { readTrack, type TrackPoint, writeTrack } from '#packages/ride-room/track-point.ts'

const RECORD = 'room'
const PLAN = 'plan'
const LINK = 'link:'
const ALARM = 'alarm'

/** What a room keeps in its object's storage: itself, the sockets that gateways hold, the ride's plan, the trace. */
export class RoomStorage {
  readonly #storage: DurableObjectStorage
  #hasTable = false

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage
  }

  load(): RoomRecord | null {
    return RoomRecord.safeParse(this.#storage.kv.get(RECORD)).data ?? null
  }

  save(record: RoomRecord): void {
    this.#storage.kv.put(RECORD, record)
  }

  links(): [MemberId, MemberRecord][] {
    const links: [MemberId, MemberRecord][] = []
    for (const [key, value] of this.#storage.kv.list({ prefix: LINK })) {
      const { data: record } = MemberRecord.safeParse(value)
      if (record) links.push([key.slice(LINK.length), record])
    }
    return links
  }

  keepLink(id: MemberId, record: MemberRecord): void {
    this.#storage.kv.put(LINK + id, record)
  }

  forgetLink(id: MemberId): void {
    if (isLinkId(id)) this.#storage.kv.delete(LINK + id)
  }

  /** When the alarm that is set will ring, Unix milliseconds; null where it has rung, or none was ever set. */
  alarmAt(now: number): number | null {
    const at = this.#storage.kv.get(ALARM)
    return typeof at === 'number' && at > now ? at : null
  }

  /** Sets the alarm, and notes when it rings, so that who wakes need not set it again: both are one write. */
  setAlarm(at: number): void {
    this.#storage.kv.put(ALARM, at)
    // The output gate waits for it, as for every write.
    void this.#storage.setAlarm(at)
  }

  plan(): PlanRow | null {
    return PlanRow.safeParse(this.#storage.kv.get(PLAN)).data ?? null
  }

  keepPlan(plan: PlanRow): void {
    this.#storage.kv.put(PLAN, plan)
  }

  forgetPlan(): void {
    this.#storage.kv.delete(PLAN)
  }

  addToTrack(points: readonly TrackPoint[]): void {
    this.#table().exec('insert into track (points) values (?)', writeTrack(points))
  }

  track(): TrackPoint[] {
    const rows = this.#table().exec<{ points: string }>('select points from track order by id').toArray()
    return rows.flatMap(({ points }) => readTrack(points))
  }

  forgetTrack(): void {
    this.#table().exec('delete from track')
  }

  /** Rides without a trace never make the table. */
  #table(): SqlStorage {
    const { sql } = this.#storage
    if (!this.#hasTable)
      sql.exec('create table if not exists track (id integer primary key, points text not null)')
    this.#hasTable = true
    return sql
  }
}
