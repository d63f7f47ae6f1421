import { isStaffAccess, loadStaff, type StaffAccess } from '#db/queries/staff/load-staff.ts'
import { Problem } from '#packages/errors/problem.ts'
import { SOCKET_PROTOCOL } from '#packages/protocol/socket-protocol.ts'
import type { Actor, Services } from '../context.ts'
import type { Operation } from './operation.ts'
import { sessionStanding } from './session-standing.ts'

/**
 * The access token of a request: from the Authorization header, or, for a browser's WebSocket, which cannot send
 * headers, as the second subprotocol after ours. Never from the URL, which ends up in other people's logs.
 */
export function bearerToken(headers: Headers): string | undefined {
  const [, token] = /^Bearer +(\S+)$/i.exec(headers.get('authorization') ?? '') ?? []
  if (token) return token
  const [protocol, offered] = (headers.get('sec-websocket-protocol') ?? '')
    .split(',')
    .map((part) => part.trim())
  return protocol === SOCKET_PROTOCOL ? offered : undefined
}

/** Reads and verifies the caller's token; the session is checked by `letIn`. Throws a 401 problem. */
export async function identify(services: Services, request: Request, now: number): Promise<Actor> {
  const token = bearerToken(request.headers)
  if (!token) throw new Problem('unauthenticated')
  const { userId, sessionId, expiresAt } = await services.tokens.verify(token, now)
  return { userId, sessionId, role: 'user', tokenExpiresAt: expiresAt }
}

/** Checks that the session still stands and that its user may call. Throws a 401 or 403 problem. */
export async function letIn(
  services: Services,
  actor: Actor,
  { access, vital = false }: Pick<Operation, 'access' | 'vital'>,
): Promise<Actor> {
  const standing = await sessionStanding(services, actor.sessionId, actor.userId, vital)
  if (standing === 'revoked') throw new Problem('session_revoked')
  if (access === 'driver' && standing !== 'driver') throw new Problem('driver_profile_required')
  if (isStaffAccess(access) && !(await worksAs(services, actor.userId, access))) throw new Problem('forbidden')
  return { ...actor, role: standing }
}

/** Whether a person of the staff may do what a role may. Asked of the database every time: a role that was taken away is gone. */
export async function worksAs(services: Services, userId: string, role: StaffAccess): Promise<boolean> {
  const staff = await loadStaff(services.db, userId)
  if (!staff) return false
  const appointed = staff.phone !== null && services.settings.ADMINISTRATORS.includes(staff.phone)
  return appointed || staff.roles.includes('administrator') || staff.roles.includes(role)
}
