import { z } from 'zod'
import type { OutboxRow } from '#db/queries/outbox/deliver.ts'
import { activeStates } from '#packages/booking/states.ts'
import type { Services } from '../context.ts'
import { sendRefunds } from './send-refunds.ts'
import { settlePayments } from './settle-payments.ts'

const Told = z.object({ bookingId: z.string(), state: z.string().optional() })
const active: ReadonlySet<string> = new Set(activeStates)

/**
 * Settles what was paid for the bookings that events tell of, once they have ended, and gives back what is due. What fails here is
 * done by the sweep, so that no event comes again for it.
 */
export async function settleEnded(
  services: Pick<Services, 'db' | 'payments' | 'log'>,
  due: readonly OutboxRow[],
  now: number,
): Promise<string[]> {
  const ended = due.flatMap(({ payload }) => {
    const told = Told.safeParse(payload).data
    return told && !active.has(told.state ?? '') ? [told.bookingId] : []
  })
  if (ended.length > 0) {
    const { paymentsSettled } = await settlePayments(services, new Date(now), ended)
    if (paymentsSettled > 0) await sendRefunds(services, new Date(now))
  }
  return due.map(({ id }) => id)
}

/** Sends the refunds that events tell of, and what else is due. */
export async function sendRequested(
  services: Pick<Services, 'db' | 'payments' | 'log'>,
  due: readonly OutboxRow[],
  now: number,
): Promise<string[]> {
  if (due.some(({ payload }) => payload['state'] === 'requested')) await sendRefunds(services, new Date(now))
  return due.map(({ id }) => id)
}
