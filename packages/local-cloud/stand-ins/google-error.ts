export type GoogleStatus =
  | 'INVALID_ARGUMENT'
  | 'UNAUTHENTICATED'
  | 'PERMISSION_DENIED'
  | 'NOT_FOUND'
  | 'RESOURCE_EXHAUSTED'
  | 'INTERNAL'
  | 'UNAVAILABLE'

const HTTP_STATUS: Record<GoogleStatus, number> = {
  INVALID_ARGUMENT: 400,
  UNAUTHENTICATED: 401,
  PERMISSION_DENIED: 403,
  NOT_FOUND: 404,
  RESOURCE_EXHAUSTED: 429,
  INTERNAL: 500,
  UNAVAILABLE: 503,
}

/** An error in the shape all Google APIs share (google.rpc.Status as JSON). */
export function googleError(
  status: GoogleStatus,
  message: string,
  details: Record<string, unknown>[] = [],
  headers: Record<string, string> = {},
): Response {
  const code = HTTP_STATUS[status]
  const error = { code, message, status, ...(details.length > 0 && { details }) }
  return Response.json({ error }, { status: code, headers })
}
