import { createHmac } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { BoundedMap } from '../bounded-map.ts'
import type { Journal } from '../journal.ts'
import type { AccountEvent } from './account.ts'
import { newId, RazorpayError } from './entities.ts'

const ANSWER_WITHIN_MS = 5000
/** Razorpay retries for a day; here a few times are enough to see it. */
export const RETRY_DELAYS_MS: readonly number[] = [1000, 3000, 10_000, 30_000, 60_000]
const MAX_EVENTS = 200

export interface WebhookOptions {
  journal: Journal
  secret: string
  url?: string
  /** How a webhook leaves; tests and Miniflare can hand it over without a port. */
  send?: (request: Request) => Promise<Response>
  retryDelays?: readonly number[]
  clock: () => number
}

interface Delivery {
  readonly id: string
  readonly event: AccountEvent['event']
  readonly body: string
}

/** Signs events and posts them until one 2xx or the last retry; a retry repeats the event id and the body. */
export class WebhookSender {
  private url: string | undefined
  private readonly options: WebhookOptions
  private readonly deliveries = new BoundedMap<string, Delivery>(MAX_EVENTS)
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
  async send({ event, ...entities }: AccountEvent): Promise<void> {
    const body = JSON.stringify({
      entity: 'event',
      account_id: 'acc_MargwaLocal001',
      event,
      contains: Object.keys(entities),
      payload: Object.fromEntries(Object.entries(entities).map(([name, entity]) => [name, { entity }])),
      created_at: Math.floor(this.options.clock() / 1000),
    })
    const delivery = { id: newId('evt'), event, body }
    this.deliveries.set(delivery.id, delivery)
    if (!(await this.attempt(delivery))) this.track(this.retry(delivery))
  }

  /** Posts an old event again: deliveries happen at least once, so receivers must bear it. */
  async resend(eventId: string): Promise<void> {
    const delivery = this.deliveries.get(eventId)
    if (!delivery) throw new RazorpayError('No such event')
    await this.attempt(delivery)
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
  private async attempt({ id, event, body }: Delivery): Promise<boolean> {
    if (this.url === undefined) return true
    const { journal, secret, send = fetch } = this.options
    const request = new Request(this.url, {
      method: 'POST',
      body,
      headers: {
        'content-type': 'application/json',
        'user-agent': 'Razorpay-Webhook/v1',
        'x-razorpay-event-id': id,
        'x-razorpay-signature': createHmac('sha256', secret).update(body).digest('hex'),
      },
      signal: AbortSignal.any([AbortSignal.timeout(ANSWER_WITHIN_MS), this.closing.signal]),
    })
    const [ok, outcome] = await post(send, request)
    journal.add('webhook', `${event} → ${outcome}`, { eventId: id, url: this.url, outcome, ok }, id)
    return ok
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
