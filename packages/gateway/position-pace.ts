import { type TokenBucket, takeToken, tokenBucket } from '#packages/rates/token-bucket.ts'
import { HOLD_GRACE_MS, HOLD_RATE, HOLD_STEP_MS, MAX_HOLD_MS, MAX_RIDES, MAX_TOGETHER } from './limits.ts'

/** Positions of one client for one ride that are on their way together. */
export interface Batch<Client, Report> {
  client: Client
  rideId: string
  reports: Report[]
  /** When the first of them came, Unix milliseconds. */
  since: number
}

interface Lane<Client, Report> extends Batch<Client, Report> {
  bucket: TokenBucket
}

/**
 * Has the positions of a client go to its ride about once a second: the first after a silence at once, those that follow
 * together when it is their turn again. All go, and none is held for longer than `MAX_HOLD_MS`.
 */
export class PositionPace<Client extends object, Report> {
  readonly #lanes = new WeakMap<Client, Map<string, Lane<Client, Report>>>()
  readonly #held = new Set<Lane<Client, Report>>()

  /** Takes in a position. Returns what goes now: it, behind those that were held; null: it is held. */
  offer(client: Client, rideId: string, report: Report, now: number): Batch<Client, Report> | null {
    const lane = this.#lane(client, rideId, now)
    if (lane.reports.length === 0) lane.since = now
    lane.reports.push(report)
    if (takeToken(lane.bucket, HOLD_RATE, now)) return this.#empty(lane)
    this.#held.add(lane)
    return lane.reports.length >= MAX_TOGETHER ? this.#empty(lane) : null
  }

  /** Everything held of a client. */
  take(client: Client): Batch<Client, Report>[] {
    if (this.#held.size === 0) return []
    const lanes = [...(this.#lanes.get(client)?.values() ?? [])]
    return lanes.filter((lane) => this.#held.has(lane)).map((lane) => this.#empty(lane))
  }

  /** Everything whose turn it is. */
  takeDue(now: number): Batch<Client, Report>[] {
    const due = [...this.#held].filter((lane) => dueOf(lane) <= now || now < lane.since)
    for (const { bucket } of due) if (!takeToken(bucket, HOLD_RATE, now)) bucket.tokens = 0
    return due.map((lane) => this.#empty(lane))
  }

  /** When `takeDue` has something, Unix milliseconds; null: nothing is held. */
  nextDue(): number | null {
    let next: number | null = null
    for (const lane of this.#held) next = Math.min(next ?? Number.POSITIVE_INFINITY, dueOf(lane))
    return next
  }

  #lane(client: Client, rideId: string, now: number): Lane<Client, Report> {
    let lanes = this.#lanes.get(client)
    if (!lanes) this.#lanes.set(client, (lanes = new Map()))
    const known = lanes.get(rideId)
    if (known) return known
    // Who names ever new rides has none of them.
    if (lanes.size >= MAX_RIDES) for (const [id, lane] of lanes) if (!this.#held.has(lane)) lanes.delete(id)
    const lane = { client, rideId, reports: [], since: now, bucket: tokenBucket(HOLD_RATE, now) }
    lanes.set(rideId, lane)
    return lane
  }

  #empty(lane: Lane<Client, Report>): Batch<Client, Report> {
    this.#held.delete(lane)
    const { client, rideId, reports, since } = lane
    lane.reports = []
    return { client, rideId, reports, since }
  }
}

/** Once its turn has come, a position gives a newer one that is on its way a moment to go along. */
function dueOf({ bucket, since }: Lane<unknown, unknown>): number {
  const turn = bucket.at + Math.max(0, 1 - bucket.tokens) * (1000 / HOLD_RATE.perSecond)
  const latest = Math.floor((since + MAX_HOLD_MS) / HOLD_STEP_MS)
  return HOLD_STEP_MS * Math.min(latest, Math.ceil((turn + HOLD_GRACE_MS) / HOLD_STEP_MS))
}
