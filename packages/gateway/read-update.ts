import { FIX_FIELDS, hasPlainFix } from '#packages/protocol/plain-fix.ts'
import { explainFrame } from '#packages/protocol/read-json.ts'
import { LocationUpdate } from './client-events.ts'

const FIELDS = new Set(['rideId', ...FIX_FIELDS])
const UUID = /^[\da-f]{8}-[\da-f]{4}-[1-8][\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/

/** Whether it is a position as almost every app reports it. What it is not, the schema decides. */
function isPlainUpdate(value: unknown): value is LocationUpdate {
  if (typeof value !== 'object' || value === null || !('rideId' in value)) return false
  for (const field in value) if (!FIELDS.has(field)) return false
  return typeof value.rideId === 'string' && UUID.test(value.rideId) && hasPlainFix({ ...value })
}

/** Reads a reported position, or says why it is none. They come ten times a second and take a shorter way than the schema's. */
export function readUpdate(value: unknown): { update: LocationUpdate } | { refusal: string } {
  if (isPlainUpdate(value)) return { update: value }
  const { data, error } = LocationUpdate.safeParse(value)
  return error ? { refusal: explainFrame(error) } : { update: data }
}
