import { z } from '@hono/zod-openapi'
import { MAX_SAVED_SEARCHES, MAX_WINDOW_DAYS } from '#packages/alerts/limits.ts'
import { SearchResult } from '../http/search-result.ts'
import { Day, Id, Instant, InstantInput, line, Position } from '../http/shapes.ts'
import { Radius, SearchFilters, Seats, Where } from '../http/wish.ts'

const Name = line(120).openapi({ description: 'As it is shown to who saved it' })
const End = InstantInput.optional().openapi({ type: 'string', format: 'date-time' })

/** A day, or both ends of a time. */
function saysWhen(given: { date?: unknown; earliest?: unknown; latest?: unknown }, ctx: z.RefinementCtx): void {
  const refuse = (path: string, message: string) => ctx.addIssue({ code: 'custom', path: [path], message })
  for (const end of ['earliest', 'latest'] as const) {
    if (given.date === undefined && given[end] === undefined) refuse(end, 'This or `date`')
    if (given.date !== undefined && given[end] !== undefined) refuse(end, 'Not with `date`')
  }
}

export const NewAlert = z
  .strictObject({
    ...{ pickup: Where, pickupName: Name, dropoff: Where, dropoffName: Name },
    date: Day.optional().openapi({ description: 'The pickup is at any time of this day in India' }),
    earliest: End,
    latest: End.openapi({ description: `In the future, up to ${MAX_WINDOW_DAYS} days after \`earliest\`` }),
    ...{ radiusMetres: Radius, seats: Seats, filters: SearchFilters.default({}) },
  })
  .superRefine(saysWhen)
  .openapi('NewAlert')

const NamedPlace = z.object({ name: z.string(), position: Position })

export const Alert = z
  .object({
    ...{ id: Id, pickup: NamedPlace, dropoff: NamedPlace },
    ...{ earliest: Instant, latest: Instant },
    ...{ radiusMetres: z.int(), seats: z.int(), filters: SearchFilters },
    matches: z.int().openapi({ description: 'Rides that were found so far, also those that are gone since' }),
    createdAt: Instant,
  })
  .openapi('Alert', {
    description: `A saved search: who saved it hears of rides that turn up for it. At most ${MAX_SAVED_SEARCHES} at a time`,
  })

export const AlertWithOffers = Alert.extend({
  offers: z.array(SearchResult).openapi({
    description: 'Of the rides that were found those that can be booked now, the earliest pickup first',
  }),
}).openapi('AlertWithOffers')
