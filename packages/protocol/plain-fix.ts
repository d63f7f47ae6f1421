/** Every month has these days. */
const EVERYDAY = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?Z$/
const UTC = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/
const UP_TO_SECONDS = 19

const isWithin = (value: unknown, min: number, max: number): value is number =>
  typeof value === 'number' && value >= min && value <= max
const mayBeWithin = (value: unknown, max: number): boolean =>
  value === null || value === undefined || isWithin(value, 0, max)

/** An instant in UTC whose day exists. */
function isInstant(value: unknown): value is string {
  if (typeof value !== 'string') return false
  if (EVERYDAY.test(value)) return true
  if (!UTC.test(value)) return false
  const at = Date.parse(value)
  return (
    !Number.isNaN(at) && new Date(at).toISOString().slice(0, UP_TO_SECONDS) === value.slice(0, UP_TO_SECONDS)
  )
}

/** The fields of a fix, as in `DriverFix`. */
export const FIX_FIELDS = ['lat', 'lng', 'heading', 'speed', 'accuracy', 'at']

/**
 * Whether the fields of a fix are as almost every device writes them. Everything that this accepts `DriverFix` accepts too
 * (tested where it is used); what it does not accept the schema decides.
 */
export function hasPlainFix({ lat, lng, heading, speed, accuracy, at }: Record<string, unknown>): boolean {
  if (!isWithin(lat, -90, 90) || !isWithin(lng, -180, 180) || !isInstant(at)) return false
  return mayBeWithin(heading, 360) && mayBeWithin(speed, 150) && mayBeWithin(accuracy, 100_000)
}
