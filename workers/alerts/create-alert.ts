import type { z } from '@hono/zod-openapi'
import { alertOfSearch } from '#db/queries/alerts/alert-of-search.ts'
import { saveSearch } from '#db/queries/alerts/own-searches.ts'
import type { SavedSearchRow } from '#db/queries/alerts/saved-search-view.ts'
import { checkWindow } from '#packages/alerts/window.ts'
import { dayWindow, type Window } from '#packages/calendar/indian-time.ts'
import { Problem } from '#packages/errors/problem.ts'
import { distanceMetres } from '#packages/geo/position.ts'
import { uuidv7 } from '#packages/ids/uuid.ts'
import { defaultRadiusMetres } from '#packages/matching/match-ride.ts'
import type { Ctx } from '../context.ts'
import { locateEnds } from '../http/locate-ends.ts'
import { operation } from '../http/operation.ts'
import { created } from '../http/reply.ts'
import { Alert, NewAlert } from './contract.ts'
import { presentAlert } from './present.ts'

export const createAlert = operation(
  {
    id: 'createAlert',
    method: 'post',
    path: '/alerts',
    tag: 'Alerts',
    summary: 'Save a search; I hear of rides that turn up for it, and their drivers hear that somebody looks',
    access: 'user',
    limit: 'write',
    idempotent: true,
    announces: true,
    body: NewAlert,
    replies: { 201: Alert },
    errors: ['window_out_of_range', 'place_unknown', 'too_many_saved_searches'],
  },
  async (ctx, { body }) => {
    const { earliest, latest } = readWindow(body, ctx.now)
    const { pickup, dropoff } = await locateEnds(ctx.places, body)
    const { seats, filters, radiusMetres = defaultRadiusMetres(distanceMetres(pickup, dropoff)) } = body
    const search = {
      ...{ id: uuidv7(ctx.now), userId: ctx.actor.userId, seats, filters },
      ...{ earliest: new Date(earliest), latest: new Date(latest), radiusMetres: Math.round(radiusMetres) },
      pickup: { ...pickup, name: body.pickupName },
      dropoff: { ...dropoff, name: body.dropoffName },
    }
    const saved = await saveSearch(ctx.db, search, new Date(ctx.now))
    if (!saved) throw new Problem('too_many_saved_searches')
    return created(presentAlert({ ...saved, matches: await lookThrough(ctx, saved) }))
  },
)

function readWindow({ date, earliest, latest }: z.output<typeof NewAlert>, now: number): Window {
  const given = { earliest: earliest?.getTime() ?? Number.NaN, latest: latest?.getTime() ?? Number.NaN }
  const window = date === undefined ? given : dayWindow(date)
  checkWindow(window, now, date === undefined ? { earliest: 'earliest', latest: 'latest' } : 'date')
  return window
}

/** How many rides there are for it already. It is saved: where they cannot be asked for now, the sweep does. */
async function lookThrough({ db, now, log }: Ctx, saved: SavedSearchRow): Promise<number> {
  try {
    return await alertOfSearch(db, saved, new Date(now))
  } catch (error) {
    log.warn('saved search not matched yet', { savedSearchId: saved.id, error })
    return 0
  }
}
