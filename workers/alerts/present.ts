import type { z } from '@hono/zod-openapi'
import type { SavedSearchRow } from '#db/queries/alerts/saved-search-view.ts'
import type { Alert } from './contract.ts'

export function presentAlert(saved: SavedSearchRow): z.input<typeof Alert> {
  const { id, pickup, dropoff, radiusMetres, seats, matches } = saved
  const place = ({ name, lat, lng }: typeof pickup) => ({ name, position: { lat, lng } })
  return {
    ...{ id, radiusMetres, seats, matches, pickup: place(pickup), dropoff: place(dropoff) },
    filters: saved.filters,
    earliest: saved.earliest.toISOString(),
    latest: saved.latest.toISOString(),
    createdAt: saved.createdAt.toISOString(),
  }
}
