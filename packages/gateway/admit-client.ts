import type { CloseReason } from '#packages/protocol/close-codes.ts'
import type { GatewayRefusal } from '#packages/protocol/gateway-backend.ts'
import type { HubJoinOutcome } from '#packages/protocol/hub-calls.ts'
import type { HubPass } from '#packages/protocol/hub-pass.ts'
import type { ConnectAttempt } from '#packages/socketio/socket-types.ts'
import { refusalOf } from './answer.ts'
import { followAgain } from './follow-ride.ts'
import type { Client, Gateway } from './gateway.ts'
import { MAX_TOKEN_LENGTH } from './limits.ts'
import type { Member } from './member.ts'
import { idOfPid, newId, newPid } from './new-id.ts'
import { offsetOf, readOffset, toldEvent } from './told-event.ts'

const unauthenticated = { code: 'unauthenticated', message: 'Sign in first' }

/** Lets a client in, as a member of its person's hub; one that comes back gets what it missed and its rides. */
export async function admitClient(gateway: Gateway, attempt: ConnectAttempt<Member>): Promise<void> {
  const refuse = ({ code, message }: GatewayRefusal) => attempt.refuse(message, { code })
  const token = readToken(attempt.auth['token'])
  if (token === null) return refuse(unauthenticated)
  const admission = await gateway.admissions.ask(token)
  if ('refused' in admission) return refuse(admission.refused)
  const { pass, isExpired } = admission

  const link = newId()
  const source = { user: pass.userId }
  gateway.early.begin(source, link)
  try {
    const joined = await joinHub(gateway, attempt, pass, link, isExpired)
    if (joined === null) return refuse({ code: 'token_expired', message: 'The access token has expired' })
    if ('closed' in joined) return refuse(refusalOf(joined.closed))
    const { pid, outcome, isRecovered } = joined
    const { userId, sessionId } = pass
    // Its hub remembers them as they are, and need not be told again.
    const rides = isRecovered ? outcome.rides : []
    const client = attempt.accept({ userId, sessionId, pid, link, rides }, idOfPid(pid) ?? link, pid)
    if (client === null)
      return await gateway.around.hub(userId).leaveVia({ gateway: gateway.name, socket: link })
    gateway.add(client)
    greet(gateway, client, outcome.frames)
    for (const early of gateway.early.end(source, link)) {
      if ('frame' in early) gateway.tell(source, [client], early.frame)
      else gateway.close(source, client, early.closed)
    }
    for (const rideId of rides) await followAgain(gateway, client, rideId)
  } finally {
    gateway.early.end(source, link)
  }
}

interface Joined {
  pid: string
  outcome: Exclude<HubJoinOutcome, { closed: CloseReason }>
  /** It was here before, and nothing of what it missed is lost. */
  isRecovered: boolean
}

/**
 * Joins the hub of a person, as the client that was here before where it is one, else as a new one. Null where the token is
 * too old: it is good for nothing but to come back, for as long as its session stands.
 */
async function joinHub(
  gateway: Gateway,
  { auth }: ConnectAttempt<Member>,
  pass: HubPass,
  link: string,
  isExpired: boolean,
): Promise<Joined | { closed: CloseReason } | null> {
  const hub = gateway.around.hub(pass.userId)
  const self = { gateway: gateway.name, socket: link }
  const { pid } = auth
  if (typeof pid === 'string' && idOfPid(pid) !== null) {
    const outcome = await hub.joinVia(self, { ...pass, pid }, readOffset(auth['offset']))
    if ('closed' in outcome) return outcome
    if (outcome.known && isResumed(outcome.frames)) return { pid, outcome, isRecovered: true }
    if (isExpired && !outcome.known) {
      await hub.leaveVia(self)
      return null
    }
  } else if (isExpired) return null
  const fresh = newPid()
  const outcome = await hub.joinVia(self, { ...pass, pid: fresh }, null)
  return 'closed' in outcome ? outcome : { pid: fresh, outcome, isRecovered: false }
}

function isResumed([first = '']: readonly string[]): boolean {
  return toldEvent({ user: '' }, first)?.body['resumed'] === true
}

/** Says where things stand, and what was missed. Where nothing follows, the client has come as far as the snapshot says. */
function greet(gateway: Gateway, client: Client, frames: readonly string[]): void {
  const source = { user: client.content.userId }
  const [only] = frames
  const snapshot = frames.length === 1 && only !== undefined ? toldEvent(source, only) : null
  const seq = snapshot?.body['seq']
  if (snapshot && typeof seq === 'number')
    gateway.server.emit(client, [snapshot.name, snapshot.body, offsetOf(seq)])
  else for (const frame of frames) gateway.tell(source, [client], frame)
}

/** The access token, as it is or as it stands in a header. */
function readToken(token: unknown): string | null {
  if (typeof token !== 'string' || token.length > MAX_TOKEN_LENGTH) return null
  const bare = token.replace(/^Bearer +/i, '')
  return bare === '' ? null : bare
}
