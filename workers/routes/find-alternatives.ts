import type { MatchedRide } from '#db/queries/rides/match-candidate.ts'
import { type Offer, withSeats } from '#db/queries/rides/with-seats.ts'
import { addDays, daysBetween, dayWindow, indianDay } from '#packages/calendar/indian-time.ts'
import { LONGEST_WINDOW_DAYS } from '#packages/corridor/query-keys.ts'
import { MAX_RADIUS_METRES } from '#packages/matching/match-ride.ts'
import { rankMatches } from '#packages/matching/rank-matches.ts'
import type { Ctx } from '../context.ts'
import { matchRides } from './match-rides.ts'
import type { Search } from './search.ts'
import type { Widened } from './search-result.ts'

/** So far from the day that was asked for others are looked at. */
const DAYS_EITHER_SIDE = (LONGEST_WINDOW_DAYS - 1) / 2
/** The most rides that are compared for the days, and as many for what is near. */
const ALTERNATIVES_COMPARED = 200
const NEARBY_SHOWN = 5
const DAY_MS = 24 * 3600_000

export interface DayOffers {
  date: string
  /** At least so many: no more than ALTERNATIVES_COMPARED are looked at. */
  count: number
  best: Offer
}

export interface NearbyOffer {
  offer: Offer
  widened: Widened[]
}

type Reader = Pick<Ctx, 'db' | 'now'>

/**
 * What there is where nothing is as it was asked for: the days around it that have rides, and rides of the day that pass farther
 * away. Two statements at once for the rides and one for their seats, however many there are.
 */
export async function findAlternatives(
  ctx: Reader,
  search: Search,
): Promise<{ days: DayOffers[]; nearby: NearbyOffer[] }> {
  const limit = ALTERNATIVES_COMPARED
  const [onOtherDays, fartherAway] = await Promise.all([
    matchRides(ctx, { ...search, ...windowAround(search, ctx.now) }, { limit }),
    search.radiusMetres < MAX_RADIUS_METRES ? matchRides(ctx, widely(search), { limit }) : [],
  ])
  const farther = rankMatches(
    fartherAway.filter((match) => isFarther(match, search)),
    search,
  )
  // A ride can be in both, with another place to get in.
  const offers = await withSeats(ctx, [...onOtherDays, ...farther], search)
  const days = new Set<MatchedRide['match']>(onOtherDays.map(({ match }) => match))
  return {
    days: daysOf(
      offers.filter(({ match }) => days.has(match)),
      search,
    ),
    nearby: offers
      .filter(({ match }) => !days.has(match))
      .slice(0, NEARBY_SHOWN)
      .map((offer) => ({ offer, widened: widenedFor(offer, search) })),
  }
}

function windowAround({ day }: Search, now: number) {
  const { earliest } = dayWindow(addDays(day, -DAYS_EITHER_SIDE))
  return { earliest: Math.max(now, earliest), latest: dayWindow(addDays(day, DAYS_EITHER_SIDE)).latest }
}

/** The search on the whole day, for rides that pass as far away as any search may ask for. */
function widely(search: Search): Search {
  const whole = dayWindow(search.day)
  const earliest = Math.min(search.earliest, whole.earliest)
  return {
    ...search,
    earliest,
    latest: Math.max(search.latest, whole.latest),
    radiusMetres: MAX_RADIUS_METRES,
  }
}

const isFarther = ({ match: { pickup, dropoff } }: MatchedRide, { radiusMetres }: Search) =>
  Math.max(pickup.walkMetres, dropoff.walkMetres) > radiusMetres

function widenedFor({ match, pickupAt }: Offer, { radiusMetres, earliest, latest }: Search): Widened[] {
  const far = (['pickup', 'dropoff'] as const).filter((end) => match[end].walkMetres > radiusMetres)
  return pickupAt < earliest || pickupAt > latest ? [...far, 'time'] : far
}

/** The days of the offers, the nearest first and the earlier of two as near; each with the first of its rides at the wanted time of that day. */
function daysOf(offers: readonly Offer[], search: Search): DayOffers[] {
  const { day, sort, wantedAt } = search
  const off = (date: string) => Math.abs(daysBetween(day, date))
  return [...Map.groupBy(offers, ({ pickupAt }) => indianDay(pickupAt))]
    .flatMap(([date, rides]) => {
      const wanted = wantedAt === null ? null : wantedAt + daysBetween(day, date) * DAY_MS
      const [best] = rankMatches(rides, { sort, wantedAt: wanted })
      return best ? [{ date, count: rides.length, best }] : []
    })
    .toSorted((a, b) => off(a.date) - off(b.date) || (a.date < b.date ? -1 : 1))
}
