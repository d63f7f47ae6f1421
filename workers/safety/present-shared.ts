import type { z } from '@hono/zod-openapi'
import type { SharedRow } from '#db/queries/share-links/load-shared.ts'
import type { Path } from '#packages/geo/path.ts'
import { decodePolyline } from '#packages/geo/polyline.ts'
import { firstName } from '#packages/people/first-name.ts'
import { progressOf } from '#packages/share-links/progress.ts'
import type { Ctx } from '../context.ts'
import type { Shared } from './contract.ts'
import { type LastPosition, lastPosition } from './last-position.ts'

type SharedRide = NonNullable<SharedRow['ride']>
type SharedAlert = NonNullable<SharedRow['alert']>

/** What whoever has a link may know. */
export async function presentShared(
  shared: SharedRow,
  ctx: Pick<Ctx, 'live' | 'log' | 'now'>,
): Promise<z.input<typeof Shared>> {
  const { ride, alert, expiresAt } = shared
  const position = await lastPosition(ctx, shared)
  return {
    alert: alert && presentAlert(alert),
    ride: ride && alert?.state !== 'resolved' ? presentSharedRide(ride, position) : null,
    expiresAt: expiresAt.toISOString(),
  }
}

/** Of an alert that is over it is only told that it is. */
function presentAlert({ state, name, lat, lng, locatedAt, raisedAt, resolvedAt }: SharedAlert) {
  const isOpen = state !== 'resolved'
  return {
    state,
    name: firstName(name),
    position: !isOpen || lat === null || lng === null ? null : { lat, lng },
    locatedAt: isOpen ? (locatedAt?.toISOString() ?? null) : null,
    raisedAt: raisedAt.toISOString(),
    resolvedAt: resolvedAt?.toISOString() ?? null,
  }
}

function presentSharedRide(ride: SharedRide, position: LastPosition | null) {
  const { status, vehicle, departsAt, endedAt, stops, dropoff } = ride
  const path = pathOf(ride)
  const [first, last] = [stops[0], stops.at(-1)]
  const destination = dropoff ?? last ?? { lat: 0, lng: 0 }
  const car = position && { ...position, at: position.at.getTime() }
  const progress = car && progressOf(path, destination, car, position.expectedAt?.getTime() ?? null)
  return {
    ...{ status, vehicle, path: ride.polyline },
    driver: firstName(ride.driverName),
    departsAt: departsAt.toISOString(),
    arrivesAt: (dropoff?.at ?? ride.arrivesAt).toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
    from: first?.name ?? '',
    to: last?.name ?? '',
    destination: { lat: destination.lat, lng: destination.lng },
    position: position && presentPosition(position),
    progress: progress && { ...progress, arrivesAt: new Date(progress.arrivesAt).toISOString() },
  }
}

function presentPosition({ lat, lng, heading, at, silent }: LastPosition) {
  return { lat, lng, heading, at: at.toISOString(), silent }
}

function pathOf({ polyline, vertexMetres, vertexSeconds }: SharedRide): Path {
  return { points: decodePolyline(polyline), metres: vertexMetres, seconds: vertexSeconds }
}
