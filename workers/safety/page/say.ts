import type { Language } from '#packages/sms/languages.ts'
import { type Words, wordsOf } from './words.ts'

const ZONE = 'Asia/Kolkata'
const MINUTE_MS = 60_000
const MINUTES_PER_HOUR = 60
const METRES_PER_KM = 1000
/** Below this a distance is told with a decimal. */
const SHORT_KM = 10

/** The digits are everybody's: they stand beside a number plate. */
export const localeOf = (language: Language): string => `${language}-IN-u-nu-latn`

/** How one person's page speaks of times and distances, in their language and in Indian time. */
export class Speaker {
  readonly words: Words
  readonly #locale: string
  readonly #now: number

  /** @param now Unix milliseconds */
  constructor(language: Language, now: number) {
    this.words = wordsOf(language)
    this.#locale = localeOf(language)
    this.#now = now
  }

  /** A text with what is filled in. */
  say(word: keyof Words, values: Record<string, string | number> = {}): string {
    return this.words[word].replaceAll(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''))
  }

  /** The time of the day, with the day where it is another one. */
  time(instant: string): string {
    const at = new Date(instant)
    const day = (date: Date) => date.toLocaleDateString('en-CA', { timeZone: ZONE })
    const isToday = day(at) === day(new Date(this.#now))
    return at.toLocaleString(this.#locale, {
      ...{ timeZone: ZONE, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
      ...(!isToday && { weekday: 'short', day: 'numeric', month: 'short' }),
    })
  }

  /** The time of the day to the second. */
  clock(instant: string): string {
    return new Date(instant).toLocaleTimeString(this.#locale, { timeZone: ZONE, hourCycle: 'h23' })
  }

  /** Minutes until an instant, or since it; at least one. */
  span(instant: string): string {
    const all = Math.max(1, Math.round(Math.abs(Date.parse(instant) - this.#now) / MINUTE_MS))
    const [hours, minutes] = [Math.floor(all / MINUTES_PER_HOUR), all % MINUTES_PER_HOUR]
    return hours === 0 ? this.say('minutes', { n: all }) : this.say('hours', { h: hours, n: minutes })
  }

  distance(metres: number): string {
    const km = metres / METRES_PER_KM
    return `${km.toFixed(km < SHORT_KM ? 1 : 0)} km`
  }
}
