import type { SharedRow } from '#db/queries/share-links/load-shared.ts'
import type { RoomPass } from '#packages/protocol/room-pass.ts'

/** The pass into the room of a shared ride, for somebody nobody knows. */
export function viewerPass(
  { linkId, expiresAt }: SharedRow,
  { id, driverId, status, departsAt }: NonNullable<SharedRow['ride']>,
): RoomPass {
  const ride = { id, driverId, status, departsAt: departsAt.toISOString() }
  return { role: 'viewer', linkId, expiresAt: expiresAt.getTime(), ride }
}
