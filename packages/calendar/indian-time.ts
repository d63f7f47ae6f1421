const HOUR_MS = 3600_000
const DAY_MS = 24 * HOUR_MS
export const DAYS_A_WEEK = 7

/** India has one time for the whole country and the whole year. The one place that knows how its clocks stand. */
const INDIA_OFFSET_MS = 5.5 * HOUR_MS
/** Its name in the time zone database, for a database that computes days. */
export const INDIAN_ZONE = 'Asia/Kolkata'
/** From nine to nine nobody is woken by a message that could wait. */
const FIRST_HOUR = 9
const LAST_HOUR = 20

const inIndia = (now: number) => new Date(now + INDIA_OFFSET_MS)

/** The day in India, `2026-12-31`. Such days compare as texts. @param now Unix milliseconds */
export function indianDay(now: number): string {
  return inIndia(now).toISOString().slice(0, 10)
}

/** The time of day in India, `08:30`. @param now Unix milliseconds */
export function indianTime(now: number): string {
  return inIndia(now).toISOString().slice(11, 16)
}

/** The instant of a day and a time of day (`08:30`) in India, Unix milliseconds. */
export function indianInstant(day: string, time: string): number {
  return Date.parse(`${day}T${time}:00Z`) - INDIA_OFFSET_MS
}

/** A stretch of time, Unix milliseconds; both ends are in it. */
export interface Window {
  earliest: number
  latest: number
}

/** A day in India, midnight to midnight. */
export function dayWindow(day: string): Window {
  const midnight = indianInstant(day, '00:00')
  return { earliest: midnight, latest: midnight + DAY_MS - 1 }
}

/** Whether a message that can wait may be sent. @param now Unix milliseconds */
export function isDaytimeInIndia(now: number): boolean {
  const hour = inIndia(now).getUTCHours()
  return hour >= FIRST_HOUR && hour <= LAST_HOUR
}

/** How many days the second day is after the first. */
export function daysBetween(first: string, second: string): number {
  return Math.round((Date.parse(second) - Date.parse(first)) / DAY_MS)
}

/** The day so many days later. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10)
}

/** 1 Monday to 7 Sunday (ISO 8601). */
export function weekdayOf(day: string): number {
  return new Date(day).getUTCDay() || DAYS_A_WEEK
}

/** The Monday of the week of a day. */
export function mondayOf(day: string): string {
  return addDays(day, 1 - weekdayOf(day))
}
