import { z } from 'zod'
import type { OutboxRow } from '#db/queries/outbox/deliver.ts'
import { endLinksOfLeaver } from '#db/queries/share-links/own-links.ts'
import { type BookingState, bookingStates, ridingStates } from '#packages/booking/states.ts'
import type { RideEvent } from '#packages/protocol/ride-event.ts'
import type { Services } from '../context.ts'

const Payload = z.object({ passengerId: z.string(), state: z.enum(bookingStates) })
const ridesAlong: ReadonlySet<BookingState> = new Set(ridingStates)

/** Ends the links of passengers who are not on the ride any more. Returns the events that are done with. */
export async function endShareLinks(
  { db, live, log }: Pick<Services, 'db' | 'live' | 'log'>,
  due: readonly OutboxRow[],
  now: number,
): Promise<string[]> {
  const outcomes = await Promise.all(
    due.map(async ({ id, subject: rideId, payload }) => {
      try {
        const { passengerId: userId, state } = Payload.parse(payload)
        if (ridesAlong.has(state)) return [id]
        const ended = await endLinksOfLeaver(db, { rideId, userId }, new Date(now))
        // A link ends once, so its own id names that event.
        const events: RideEvent[] = ended.map((linkId) => ({ id: linkId, type: 'link_revoked', linkId }))
        if (events.length > 0) await live.announce(rideId, events)
        return [id]
      } catch (error) {
        log.error('share links not ended', { rideId, error })
        return []
      }
    }),
  )
  return outcomes.flat()
}
