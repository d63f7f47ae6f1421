import { closeReasons } from './close-codes.ts'

/** The WebSocket close code that stands for an HTTP status, for sockets that are refused before they join anything. */
export function refusalCode(status: number): number {
  if (status === 401) return closeReasons.unauthenticated.code
  if (status === 429) return closeReasons.flood.code
  return status >= 500 ? closeReasons.internal.code : closeReasons.removed.code
}
