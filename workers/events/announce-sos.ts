import { z } from 'zod'
import type { OutboxRow } from '#db/queries/outbox/deliver.ts'
import { loadStaffOf } from '#db/queries/staff/load-staff-of.ts'
import type { UserEvent } from '#packages/protocol/user-event.ts'
import { sosStates } from '#packages/sos/transition.ts'
import type { Services } from '../context.ts'

const Payload = z.object({ userId: z.string(), rideId: z.string().nullable(), state: z.enum(sosStates) })

/**
 * Tells the devices of operators, and of who raised it, how an alert stands. An event arrived when everybody has it; it
 * comes again for all, and hubs know it. Returns the events that arrived.
 */
export async function announceSos(
  { db, live, settings, log }: Pick<Services, 'db' | 'live' | 'settings' | 'log'>,
  due: readonly OutboxRow[],
): Promise<string[]> {
  const operators = await loadStaffOf(db, 'operator', settings.ADMINISTRATORS).catch((error: unknown) => {
    log.error('sos not announced', { error })
  })
  if (!operators) return []
  const outcomes = await Promise.all(
    due.map(async (row) => {
      const { userId, rideId, state } = Payload.parse(row.payload)
      const { id, subject: alertId } = row
      const event: UserEvent = {
        type: 'sos:updated',
        id,
        alertId,
        rideId,
        state,
        at: row.createdAt.toISOString(),
      }
      const listeners = [...new Set([userId, ...operators])]
      const told = await Promise.allSettled(listeners.map((listener) => live.tellUser(listener, [event])))
      const failure = told.find(({ status }) => status === 'rejected')
      if (!failure) return [id]
      log.error('sos not announced', { alertId, attempts: row.attempts, error: failure })
      return []
    }),
  )
  return outcomes.flat()
}
