import { BoundedMap } from '../bounded-map.ts'
import { type Order, type Payment, type Refund, unknownId } from './entities.ts'
import type { IdSource } from './new-id.ts'
import type { Contact, FundAccount, Payout } from './payout-entities.ts'

export const MAX_KEPT = 20_000

export interface GatewayEvent {
  event:
    | `payment.${'authorized' | 'captured' | 'failed'}`
    | 'order.paid'
    | `refund.${'created' | 'processed' | 'failed'}`
    | `payout.${'queued' | 'initiated' | 'processed' | 'rejected' | 'failed' | 'reversed'}`
  payment?: Payment
  order?: Order
  refund?: Refund
  payout?: Payout
}

export interface BooksOptions {
  /** Unix ms. */
  clock: () => number
  newId: IdSource
  /** Gets copies: an event is a snapshot of its moment. */
  emit: (event: GatewayEvent) => void
}

/** All that one merchant has with Razorpay. Amounts are paise. */
export class Books {
  readonly orders = new BoundedMap<string, Order>(MAX_KEPT)
  readonly payments = new BoundedMap<string, Payment>(MAX_KEPT)
  readonly refunds = new BoundedMap<string, Refund>(MAX_KEPT)
  readonly contacts = new BoundedMap<string, Contact>(MAX_KEPT)
  readonly fundAccounts = new BoundedMap<string, FundAccount>(MAX_KEPT)
  readonly payouts = new BoundedMap<string, Payout>(MAX_KEPT)
  /** What the payout account holds; Infinity: more than anybody asks for. */
  balance = Number.POSITIVE_INFINITY
  readonly newId: IdSource
  private readonly clock: () => number
  private readonly tell: (event: GatewayEvent) => void

  constructor({ clock, newId, emit }: BooksOptions) {
    this.clock = clock
    this.newId = newId
    this.tell = emit
  }

  /** Unix seconds. */
  now(): number {
    return Math.floor(this.clock() / 1000)
  }

  emit(event: GatewayEvent): void {
    this.tell(structuredClone(event))
  }
}

/** The entity with this id, or Razorpay's refusal. */
export function find<T>(entities: ReadonlyMap<string, T>, id: string): T {
  const found = entities.get(id)
  if (found === undefined) throw unknownId()
  return found
}
