import type { OutboxRow } from '#db/queries/outbox/deliver.ts'
import { RideEvent } from '#packages/protocol/ride-event.ts'
import type { Services } from '../context.ts'

/** Tells the rooms of rides what happened on them, in order. Returns the events that their rooms have taken. */
export async function announceToRides(
  { live, log }: Pick<Services, 'live' | 'log'>,
  due: readonly OutboxRow[],
): Promise<string[]> {
  // Nobody is in the room of a ride for a booking of which the driver does not know.
  const [quiet, loud] = [due.filter(isQuiet), due.filter((row) => !isQuiet(row))]
  const outcomes = await Promise.all(
    [...Map.groupBy(loud, (row) => row.subject)].map(async ([rideId, rows]) => {
      try {
        await live.announce(rideId, rows.map(toRideEvent))
        return rows.map((row) => row.id)
      } catch (error) {
        log.error('announcement failed', { rideId, attempts: rows[0]?.attempts, error })
        return []
      }
    }),
  )
  return [...quiet.map((row) => row.id), ...outcomes.flat()]
}

const isQuiet = ({ payload }: OutboxRow) => payload['toDriver'] === false

function toRideEvent({ id, topic, payload, createdAt }: OutboxRow): RideEvent {
  if (topic === 'session.revoked') return RideEvent.parse({ id, type: 'session_revoked', ...payload })
  if (topic === 'share.revoked') return RideEvent.parse({ id, type: 'link_revoked', ...payload })
  const at = createdAt.toISOString()
  return RideEvent.parse({ id, type: topic === 'ride.updated' ? 'ride' : 'booking', ...payload, at })
}
