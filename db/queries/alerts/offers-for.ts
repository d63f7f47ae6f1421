import { type SQL, sql } from 'drizzle-orm'
import { type Db, readRows } from '#db/client.ts'
import {
  CANDIDATE_LIMIT,
  type CandidateQuery,
  CandidateRow,
  candidateStatement,
  corridorHits,
} from '#db/queries/rides/find-candidates.ts'
import { matchCandidate } from '#db/queries/rides/match-candidate.ts'
import { type Offer, withSeats } from '#db/queries/rides/with-seats.ts'
import { splitWindow } from '#packages/alerts/window.ts'
import type { SavedSearchRow } from './saved-search-view.ts'

/** What a search as this one was saved would find at this moment; of very many rides those that depart first. */
export async function findOffers(db: Db, saved: SavedSearchRow, now: Date): Promise<Offer[]> {
  const windows = splitWindow({
    earliest: Math.max(saved.earliest.getTime(), now.getTime()),
    latest: saved.latest.getTime(),
  })
  const found = new Map<string, CandidateRow>()
  for (const { earliest, latest } of windows) {
    const part = { ...candidateQuery(saved, now), earliest: new Date(earliest), latest: new Date(latest) }
    for (const row of await readRows(db, candidateStatement(part, corridorHits(part)), CandidateRow))
      found.set(row.rideId, row)
  }
  return offersAmong(db, [...found.values()], saved, now)
}

/** Those of the rides that were found for it once which a search would find at this moment; of many those that depart first. */
export async function findKnownOffers(
  db: Db,
  saved: SavedSearchRow,
  limit: number,
  now: Date,
): Promise<Offer[]> {
  const hits: SQL = sql`select ride_id, route_id, departs_at, arrives_at
    from alerts join ride_corridors using (ride_id) where saved_search_id = ${saved.id} and departs_at > ${now}`
  const statement = candidateStatement(candidateQuery(saved, now), hits, CANDIDATE_LIMIT)
  const offers = await offersAmong(db, await readRows(db, statement, CandidateRow), saved, now)
  return offers.toSorted((a, b) => a.pickupAt - b.pickupAt).slice(0, limit)
}

function candidateQuery(saved: SavedSearchRow, now: Date): CandidateQuery {
  const { pickup, dropoff, radiusMetres, earliest, latest, filters, userId } = saved
  const when = { earliest, latest, wantedAt: null, now }
  return { ...{ pickup, dropoff, radiusMetres, needs: filters, passengerId: userId }, ...when }
}

function offersAmong(
  db: Db,
  rows: readonly CandidateRow[],
  saved: SavedSearchRow,
  now: Date,
): Promise<Offer[]> {
  const { pickup, dropoff, radiusMetres, seats, filters, userId: passengerId } = saved
  const window = { earliest: saved.earliest.getTime(), latest: saved.latest.getTime() }
  const matches = rows
    .flatMap((row) => matchCandidate(row, { pickup, dropoff, radiusMetres, ...window }, seats) ?? [])
    .filter(({ fare }) => !filters.maxFare || fare <= filters.maxFare.amount)
  return withSeats({ db, now: now.getTime() }, matches, { passengerId, seats, filters, full: false })
}
