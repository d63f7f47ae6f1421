import { sql } from 'drizzle-orm'
import type { Db } from '#db/client.ts'
import type { DELIVERY_STATES } from '#db/schema/index.ts'
import type { Channel } from '#packages/notifications/kinds.ts'

/** What became of a delivery that was taken. */
export interface Settlement {
  /** Of the notification. */
  id: string
  channel: Channel
  target: string
  /** As it was taken: settling what was taken again since changes nothing. */
  attempts: number
  state: (typeof DELIVERY_STATES)[number]
  /** When it is tried next, where it still is due. */
  nextAt: Date | null
  /** It was not tried after all. */
  untried: boolean
  error: string | null
}

/** A token that will never work again, and of which device. */
export interface LostToken {
  deviceId: string
  pushToken: string
}

/** Writes down what became of deliveries, and gives up tokens, unless the device has a new one by now. */
export async function settleDeliveries(
  db: Db,
  settled: readonly Settlement[],
  lost: readonly LostToken[],
  now: Date,
): Promise<void> {
  if (settled.length === 0) return
  await db.execute(sql`with outcome as (
      select * from jsonb_to_recordset(${JSON.stringify(settled)}::jsonb) as outcome(id uuid, channel text, target uuid,
        attempts int, state text, "nextAt" timestamptz, untried boolean, error text)
    ), lost as (
      delete from devices using jsonb_to_recordset(${JSON.stringify(lost)}::jsonb) as lost("deviceId" uuid, "pushToken" text)
      where devices.id = lost."deviceId" and devices.push_token = lost."pushToken"
    )
    update deliveries set state = outcome.state, next_at = coalesce(outcome."nextAt", deliveries.next_at),
      attempts = deliveries.attempts - case when outcome.untried then 1 else 0 end,
      sent_at = case when outcome.state = 'sent' then ${now}::timestamptz end, last_error = outcome.error
    from outcome
    where deliveries.notification_id = outcome.id and deliveries.channel = outcome.channel
      and deliveries.target = outcome.target and deliveries.attempts = outcome.attempts and deliveries.state = 'due'`)
}
