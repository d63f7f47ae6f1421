import type { z } from 'zod'
import { ClientFrame, type PositionFrame } from '#packages/protocol/client-frame.ts'

/** A frame, or why it is none. */
export type ReadFrame = { frame: ClientFrame } | { error: z.ZodError }

const FIELDS = new Set(['type', 'lat', 'lng', 'heading', 'speed', 'accuracy', 'at'])
const UTC = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/
const UP_TO_SECONDS = 19

const isWithin = (value: unknown, min: number, max: number): value is number =>
  typeof value === 'number' && value >= min && value <= max
const mayBeWithin = (value: unknown, max: number): boolean =>
  value === null || value === undefined || isWithin(value, 0, max)

/** An instant in UTC whose day exists. */
function isInstant(value: unknown): value is string {
  if (typeof value !== 'string' || !UTC.test(value)) return false
  const at = Date.parse(value)
  return (
    !Number.isNaN(at) && new Date(at).toISOString().slice(0, UP_TO_SECONDS) === value.slice(0, UP_TO_SECONDS)
  )
}

/**
 * Whether a value is a position frame as almost every device writes it. Everything that this accepts the schema accepts
 * too (tested); what it does not accept the schema decides.
 */
function isPlainPosition(value: unknown): value is PositionFrame {
  if (typeof value !== 'object' || value === null || !('type' in value) || value.type !== 'position')
    return false
  for (const field in value) if (!FIELDS.has(field)) return false
  const { lat, lng, heading, speed, accuracy, at }: Record<string, unknown> = { ...value }
  if (!isWithin(lat, -90, 90) || !isWithin(lng, -180, 180) || !isInstant(at)) return false
  return mayBeWithin(heading, 360) && mayBeWithin(speed, 150) && mayBeWithin(accuracy, 100_000)
}

/** Reads what a client said. Positions come ten times a second and take a shorter way than the schema's. */
export function readFrame(value: unknown): ReadFrame {
  if (isPlainPosition(value)) return { frame: value }
  const { data, error } = ClientFrame.safeParse(value)
  return error ? { error } : { frame: data }
}
