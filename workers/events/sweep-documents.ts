import { expireDocuments, purgeEndedDocuments } from '#db/queries/sweeps/expire-documents.ts'
import { remindOfDocuments } from '#db/queries/sweeps/remind-of-documents.ts'
import { indianDay, isDaytimeInIndia } from '#packages/calendar/indian-time.ts'
import type { Services } from '../context.ts'

/** What the clock does to documents: ends them, reminds of their end by day, and gives up the files of ended ones. */
export async function sweepDocuments(
  { db }: Pick<Services, 'db'>,
  now: Date,
): Promise<{ expired: number; reminded: number; purged: number }> {
  const today = indianDay(now.getTime())
  const expired = await expireDocuments(db, today, now)
  const reminded = isDaytimeInIndia(now.getTime()) ? await remindOfDocuments(db, today, now) : 0
  return { expired, reminded, purged: await purgeEndedDocuments(db, now) }
}
