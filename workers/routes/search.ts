import type { z } from '@hono/zod-openapi'
import { dayWindow, indianDay, type Window } from '#packages/calendar/indian-time.ts'
import { distanceMetres, type Position } from '#packages/geo/position.ts'
import { defaultRadiusMetres } from '#packages/matching/match-ride.ts'
import type { Sort } from '#packages/matching/rank-matches.ts'
import { DEFAULT_TOLERANCE_SECONDS, type SearchQuery } from './search-contract.ts'

/** What a passenger asks for, with everything filled in that they left open; the window is that of the pickup. */
export interface Search extends Pick<z.output<typeof SearchQuery>, 'seats' | 'filters' | 'full'>, Window {
  passengerId: string
  pickup: Position
  dropoff: Position
  radiusMetres: number
  /** India's day that is meant. */
  day: string
  /** Wanted time of the pickup, Unix milliseconds; null where any time of the day will do. */
  wantedAt: number | null
  sort: Sort
}

interface Ends {
  pickup: Position
  dropoff: Position
}

/** The search that a query asks for, between these places. */
export function searchOf(query: z.output<typeof SearchQuery>, ends: Ends, passengerId: string): Search {
  const { at, seats, filters, full, sort } = query
  const day = query.date ?? indianDay(at?.getTime() ?? Number.NaN)
  return {
    ...{ ...ends, passengerId, seats, filters, full, sort, day },
    radiusMetres: query.radiusMetres ?? defaultRadiusMetres(distanceMetres(ends.pickup, ends.dropoff)),
    wantedAt: at?.getTime() ?? null,
    ...(at ? around(at.getTime(), query.toleranceSeconds) : dayWindow(day)),
  }
}

function around(at: number, toleranceSeconds = DEFAULT_TOLERANCE_SECONDS): Window {
  return { earliest: at - toleranceSeconds * 1000, latest: at + toleranceSeconds * 1000 }
}

/** The instant to begin with where there is more in a window than is compared: the wanted one, or the middle of what is left of it. */
export function middleOf({ wantedAt, earliest, latest }: Search, now: number): Date {
  return new Date(wantedAt ?? (Math.min(latest, Math.max(earliest, now)) + latest) / 2)
}
