import { types } from 'pg'

const { BOOL, INT2, INT4, FLOAT4, FLOAT8, JSON: JSON_TYPE, JSONB } = types.builtins

/** PostgreSQL's text as the JSON value Neon gives when the client does not ask for raw text; 64-bit integers stay text. */
export function jsonValue(text: string | null, type: number | undefined): unknown {
  if (text === null) return null
  if (type === BOOL) return text === 't'
  if (type === INT2 || type === INT4) return Number(text)
  if (type === FLOAT4 || type === FLOAT8) return Number.isFinite(Number(text)) ? Number(text) : text
  if (type === JSON_TYPE || type === JSONB) return JSON.parse(text)
  return text
}
