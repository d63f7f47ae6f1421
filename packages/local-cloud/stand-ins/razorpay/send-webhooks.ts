import { createHmac } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { BoundedMap } from '../bounded-map.ts'
import type { Journal } from '../journal.ts'
import type { GatewayEvent } from './books.ts'
import { RazorpayError } from './entities.ts'
import type { IdSource } from './new-id.ts'
import { type Rule, Rules } from './rules.ts'

const ANSWER_WITHIN_MS = 5000
/** Razorpay retries for a day; here a few times are enough to see it. */
export const RETRY_DELAYS_MS: readonly number[] = [1000, 3000, 10_000, 30_000, 60_000]
const MAX_EVENTS = 1000

export interface WebhookOptions {
  journal: Journal
  secret: string
  newId: IdSource
  /** Unix ms. */
  clock: () => number
  url?: string | undefined
  /** How a webhook leaves; tests and Miniflare can hand it over without a port. */
  send?: ((request: Request) => Promise<Response>) | undefined
  retryDelays?: readonly number[] | undefined
}

/** Never sent · sent twice · kept until it is released. */
export const MISHAPS = ['lose', 'repeat', 'hold'] as const

export interface WebhookMishap extends Rule {
  mishap: (typeof MISHAPS)[number]
  /** Only events of this name. */
  event?: string | undefined
}

export interface Delivery {
  readonly id: string
  readonly event: GatewayEvent['event']
  /** The ids of what it tells of. */
  readonly about: readonly string[]
  readonly body: string
}

/** Signs events and posts them until one 2xx or the last retry; a retry repeats the event id and the body. */
export class WebhookSender {
  readonly mishaps = new Rules<WebhookMishap>()
  private readonly options: WebhookOptions
  private readonly deliveries = new BoundedMap<string, Delivery>(MAX_EVENTS)
  private waiting: Delivery[] = []
  private url: string | undefined
  private readonly pending = new Set<Promise<void>>()
  private readonly closing = new AbortController()

  constructor(options: WebhookOptions) {
    this.options = options
    this.url = options.url
  }

  setUrl(url: string | undefined): void {
    this.url = url
  }

  /** Resolves after the first attempt; retries go on behind. */
  async send({ event, ...entities }: GatewayEvent): Promise<void> {
    const body = JSON.stringify({
      entity: 'event',
      account_id: 'acc_MargwaLocal001',
      event,
      contains: Object.keys(entities),
      payload: Object.fromEntries(Object.entries(entities).map(([name, entity]) => [name, { entity }])),
      created_at: Math.floor(this.options.clock() / 1000),
    })
    const about = Object.values(entities).map(({ id }) => id)
    const delivery = { id: this.options.newId('evt'), event, about, body }
    this.deliveries.set(delivery.id, delivery)
    const rule = this.mishaps.take((each) => each.event === undefined || each.event === event, body)
    if (rule?.mishap === 'lose') this.note(delivery, 'lost', false)
    else if (rule?.mishap === 'hold') {
      this.waiting.push(delivery)
      this.note(delivery, 'held', false)
    } else {
      await this.deliver(delivery)
      if (rule?.mishap === 'repeat') await this.attempt(delivery)
    }
  }

  /** Sends what was held, in the order that `arrange` puts it in, and returns how many those are. */
  async release(arrange: (held: Delivery[]) => Delivery[] = (held) => held): Promise<number> {
    const released = arrange(this.waiting)
    this.waiting = []
    for (const delivery of released) await this.deliver(delivery)
    return released.length
  }

  /** Posts an old event again: deliveries happen at least once, so receivers must bear it. */
  async resend(eventId: string): Promise<void> {
    const delivery = this.deliveries.get(eventId)
    if (!delivery) throw new RazorpayError('No such event', { status: 404 })
    await this.attempt(delivery)
  }

  /** What waits to be released, oldest first. */
  held(): readonly Delivery[] {
    return this.waiting
  }

  track(work: Promise<void>): void {
    this.pending.add(work)
    void work.finally(() => this.pending.delete(work))
  }

  /** Resolves when no delivery and no retry is under way. */
  async settled(): Promise<void> {
    while (this.pending.size > 0) await Promise.all(this.pending)
  }

  async close(): Promise<void> {
    this.closing.abort()
    await this.settled()
  }

  private async deliver(delivery: Delivery): Promise<void> {
    if (!(await this.attempt(delivery))) this.track(this.retry(delivery))
  }

  private async retry(delivery: Delivery): Promise<void> {
    for (const wait of this.options.retryDelays ?? RETRY_DELAYS_MS) {
      try {
        await delay(wait, undefined, { signal: this.closing.signal, ref: false })
      } catch {
        return
      }
      if (await this.attempt(delivery)) return
    }
  }

  /** @returns whether it needs no retry: answered with 2xx, or nobody is configured to hear it */
  private async attempt(delivery: Delivery): Promise<boolean> {
    if (this.url === undefined) return true
    const { secret, send = fetch } = this.options
    const request = new Request(this.url, {
      method: 'POST',
      body: delivery.body,
      headers: {
        'content-type': 'application/json',
        'user-agent': 'Razorpay-Webhook/v1',
        'x-razorpay-event-id': delivery.id,
        'x-razorpay-signature': createHmac('sha256', secret).update(delivery.body).digest('hex'),
      },
      signal: AbortSignal.any([AbortSignal.timeout(ANSWER_WITHIN_MS), this.closing.signal]),
    })
    const [ok, outcome] = await post(send, request)
    this.note(delivery, outcome, ok)
    return ok
  }

  private note({ id, event, about }: Delivery, outcome: string, ok: boolean): void {
    const data = { eventId: id, about, url: this.url, outcome, ok }
    this.options.journal.add('webhook', `${event} → ${outcome}`, data, id)
  }
}

async function post(
  send: (request: Request) => Promise<Response>,
  request: Request,
): Promise<[boolean, string]> {
  try {
    const response = await send(request)
    await response.body?.cancel()
    return [response.ok, String(response.status)]
  } catch (error) {
    return [false, error instanceof Error ? error.message : 'failed']
  }
}
