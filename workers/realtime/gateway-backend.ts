import { errors } from 'jose'
import { z } from 'zod'
import { loadRideMembers } from '#db/queries/rides/load-rides.ts'
import { Problem } from '#packages/errors/problem.ts'
import type { Admission, GatewayBackend, GatewayRefusal } from '#packages/protocol/gateway-backend.ts'
import { passFor } from '#packages/ride-room/pass-for.ts'
import type { Services } from '../context.ts'
import type { AccessClaims } from '../http/access-tokens.ts'
import { toProblem } from '../http/problem-reply.ts'
import { sessionStanding } from '../http/session-standing.ts'

/** Performs a request to the application, at a path below its base path. */
export type PerformRequest = (path: string, init: RequestInit) => Promise<Response>

/** What Socket.IO gateways ask of the application: who somebody is, what they may see, and operations in their name. */
export function gatewayBackend(services: Services, perform: PerformRequest): GatewayBackend {
  return {
    // Redis is asked for all of them in one request: its client puts together what is asked at the same time.
    admit: (tokens) =>
      Promise.all(tokens.map((token) => unlessRefused(services, () => admit(services, token)))),
    passToRides: async (wishes) => {
      const members = await unlessRefused(services, () => loadRideMembers(services.db, wishes))
      return Promise.all(
        wishes.map(({ rideId, ...caller }, index) =>
          unlessRefused(services, async () => {
            if ('refused' in members) return members
            const pass = passFor(rideId, caller, members[index])
            if ('refused' in pass) throw new Problem(pass.refused)
            return { pass }
          }),
        ),
      )
    },
    call: async ({ userId, sessionId }, { method, path, body }) => {
      const headers = new Headers({ 'content-type': 'application/json' })
      headers.set('authorization', `Bearer ${await services.tokens.sign(userId, sessionId, Date.now())}`)
      const reply = await perform(path, { method, headers, ...(body !== '' && { body }) })
      return { status: reply.status, body: await reply.text() }
    },
  }
}

/** Who has an access token. Throws `token_invalid`, `session_revoked`. */
async function admit(services: Services, token: string): Promise<Admission> {
  const { claims, isExpired } = await readClaims(services, token, Date.now())
  const { userId, sessionId } = claims
  const standing = await sessionStanding(services, sessionId, userId)
  if (standing === 'revoked') throw new Problem('session_revoked')
  return { pass: { userId, sessionId, drives: standing === 'driver' }, isExpired }
}

/** The claims of a token of ours, even of one whose time is over. Throws `token_invalid`. */
async function readClaims(
  { tokens }: Services,
  token: string,
  now: number,
): Promise<{ claims: Pick<AccessClaims, 'userId' | 'sessionId'>; isExpired: boolean }> {
  try {
    return { claims: await tokens.verify(token, now), isExpired: false }
  } catch (error) {
    const cause = error instanceof Problem ? error.cause : undefined
    // Its signature, issuer and audience were found good before its time was looked at.
    const expired = cause instanceof errors.JWTExpired ? Claims.safeParse(cause.payload).data : undefined
    if (!expired) throw error
    return { claims: { userId: expired.sub, sessionId: expired.sid }, isExpired: true }
  }
}

const Claims = z.object({ sub: z.uuid(), sid: z.uuid() })

/** What goes wrong with one who asks is nothing to those who asked with them. */
async function unlessRefused<Result>(
  { log }: Pick<Services, 'log'>,
  ask: () => Promise<Result>,
): Promise<Result | { refused: GatewayRefusal }> {
  try {
    return await ask()
  } catch (error) {
    const problem = toProblem(error)
    const { code, title, detail = title } = problem
    if (code === 'internal') log.error('a gateway asked in vain', { error })
    return { refused: { code, message: detail } }
  }
}
