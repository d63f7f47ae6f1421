import { type DueSchedule, loadDueSchedules, makeRides } from '#db/queries/routes/due-schedules.ts'
import { indianDay } from '#packages/calendar/indian-time.ts'
import { missingOf, standing } from '#packages/documents/standing.ts'
import { MIN_NOTICE_MS } from '#packages/routes/notice.ts'
import { planRides } from '#packages/routes/plan-rides.ts'
import { departuresAhead, lastDayAhead } from '#packages/schedules/rides-ahead.ts'
import type { Services } from '../context.ts'

/**
 * Makes the rides that weekly patterns have ahead, for some of those that are due. A driver whose papers are not in order gets
 * none; as every day asks for all days ahead, they are made once the papers are. Returns how many were made.
 */
export async function makeDueRides({ db }: Pick<Services, 'db'>, now: Date): Promise<number> {
  const today = indianDay(now.getTime())
  const lastDay = lastDayAhead(now.getTime())
  const due = await loadDueSchedules(db, today, lastDay)
  if (due.length === 0) return 0
  const rides = due.flatMap((route) => (mayDrive(route, today) ? missingRides(route, now.getTime()) : []))
  return makeRides(db, due, rides, lastDay, now)
}

function mayDrive({ requirements, vehicle, papers }: DueSchedule, today: string): boolean {
  return missingOf(standing(requirements, vehicle, papers, today)).length === 0
}

function missingRides(route: DueSchedule, now: number) {
  const departures = departuresAhead(route.schedule, now, MIN_NOTICE_MS)
  const missing = departures.filter(({ day }) => !route.rideDays.includes(day))
  return planRides(route, missing, now).map((ride) => ({
    ...ride,
    routeId: route.id,
    routeVersion: route.version,
  }))
}
