import type { z } from 'zod'
import { ClientFrame, type PositionFrame } from '#packages/protocol/client-frame.ts'
import { FIX_FIELDS, hasPlainFix } from '#packages/protocol/plain-fix.ts'

/** A frame, or why it is none. */
export type ReadFrame = { frame: ClientFrame } | { error: z.ZodError }

const FIELDS = new Set(['type', ...FIX_FIELDS])

/** Whether a value is a position frame as almost every device writes it. What it is not, the schema decides. */
function isPlainPosition(value: unknown): value is PositionFrame {
  if (!isRecord(value) || value['type'] !== 'position') return false
  for (const field in value) if (!FIELDS.has(field)) return false
  return hasPlainFix(value)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

/** Reads what a client said. Positions come ten times a second and take a shorter way than the schema's. */
export function readFrame(value: unknown): ReadFrame {
  if (isPlainPosition(value)) return { frame: value }
  const { data, error } = ClientFrame.safeParse(value)
  return error ? { error } : { frame: data }
}
