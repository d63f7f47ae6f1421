import { elementAt } from '#packages/geo/element-at.ts'
import type { Random } from './random.ts'

const HOUR_MS = 3600_000
export const DAY_MS = 24 * HOUR_MS
/** India keeps one time, UTC+5:30, all the year. */
const INDIA_OFFSET_MS = 5.5 * HOUR_MS
const QUARTERS_AN_HOUR = 4

/** From 1 January 1970 on, which was a Thursday. */
const WEEKDAYS = ['thu', 'fri', 'sat', 'sun', 'mon', 'tue', 'wed'] as const
type Weekday = (typeof WEEKDAYS)[number]
type Direction = 'there' | 'back'

/** On which weekdays a driver goes there and back. */
const HABITS: Record<'daily' | 'alternate' | 'weekend', Record<Direction, Weekday[]>> = {
  daily: {
    there: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat'],
    back: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat'],
  },
  alternate: { there: ['mon', 'wed', 'fri'], back: ['tue', 'thu', 'sat'] },
  weekend: { there: ['fri'], back: ['sun'] },
}

/** Who is there and back on one day drives at most so long each way. */
const MAX_DAILY_HOURS = 4

/** Hours of departure. They and the weekdays keep a driver's rides apart, for ways of up to 16 hours. */
const MORNING = { from: 5, to: 11 }
const EVENING = { from: 16, to: 20 }

/** A driver's timetable: departure times in quarters after midnight. */
export interface Timetable {
  habit: keyof typeof HABITS
  there: number
  back: number
}

/** Days since 1 January 1970 in India. */
export function indianDay(at: number): number {
  return Math.floor((at + INDIA_OFFSET_MS) / DAY_MS)
}

/** Midnight in India at the start of a day, Unix ms. */
export function startOfDay(day: number): number {
  return day * DAY_MS - INDIA_OFFSET_MS
}

export function chooseTimetable(tripSeconds: number, random: Random): Timetable {
  const shortTrip = tripSeconds <= MAX_DAILY_HOURS * 3600
  const habit = random.pick(shortTrip ? (['daily', 'alternate'] as const) : (['alternate', 'weekend'] as const))
  const quarter = ({ from, to }: typeof MORNING) =>
    random.whole(from * QUARTERS_AN_HOUR, to * QUARTERS_AN_HOUR - 1)
  return { habit, there: quarter(MORNING), back: quarter(habit === 'daily' ? EVENING : MORNING) }
}

/** When the driver departs on that day, Unix ms; undefined on a day without that ride. */
export function departureOn(day: number, timetable: Timetable, direction: Direction): number | undefined {
  const weekday = elementAt(WEEKDAYS, day % WEEKDAYS.length)
  if (!HABITS[timetable.habit][direction].includes(weekday)) return undefined
  return startOfDay(day) + (timetable[direction] / QUARTERS_AN_HOUR) * HOUR_MS
}
