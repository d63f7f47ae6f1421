import { type Answer, done, refusalOf, refused } from './answer.ts'
import type { Client, Gateway } from './gateway.ts'
import { MAX_RIDES } from './limits.ts'
import { toldEvent } from './told-event.ts'

/** Makes a client a member of a ride's room; it hears at once where things stand. Doing it again greets it again. */
export async function followRide(gateway: Gateway, client: Client, rideId: string): Promise<Answer> {
  const { userId, sessionId, link, rides } = client.content
  if (!rides.includes(rideId) && rides.length >= MAX_RIDES)
    return refused({ code: 'too_many_rides', message: `At most ${MAX_RIDES} rides at the same time` })
  const admission = await gateway.passes.ask({ userId, sessionId, rideId })
  if ('refused' in admission) return refused(admission.refused)

  const self = { gateway: gateway.name, socket: link }
  const source = { ride: rideId }
  gateway.early.begin(source, link)
  try {
    const outcome = await gateway.rooms.join(rideId, { link: self, pass: admission.pass })
    if ('closed' in outcome) return refused(refusalOf(outcome.closed))
    if (!gateway.isHere(client)) {
      await gateway.around.room(rideId).leaveVia(self)
      return done
    }
    if (!client.content.rides.includes(rideId)) gateway.setRides(client, (known) => [...known, rideId])
    return greet(gateway, client, rideId, outcome.frames)
  } finally {
    const waiting = gateway.early.end(source, link)
    const isMember = gateway.isHere(client) && client.content.rides.includes(rideId)
    for (const early of isMember ? waiting : []) {
      if ('frame' in early) gateway.tell(source, [client], early.frame)
      else gateway.close(source, client, early.closed)
    }
  }
}

/** Tells where things stand. The last position also comes as the event that every other position comes as. */
function greet(gateway: Gateway, client: Client, rideId: string, frames: readonly string[]): Answer {
  const source = { ride: rideId }
  let snapshot: Record<string, unknown> = {}
  for (const frame of frames) {
    gateway.tell(source, [client], frame)
    const told = toldEvent(source, frame)
    if (told?.name !== 'ride:snapshot') continue
    snapshot = told.body
    const { position } = snapshot
    if (typeof position === 'object' && position !== null)
      gateway.server.emit(client, ['location:updated', { rideId, ...position, seq: snapshot['seq'] }])
  }
  return { ok: true, ...snapshot }
}

/** Follows a ride that the client followed before; tells it where that is no longer possible. */
export async function followAgain(gateway: Gateway, client: Client, rideId: string): Promise<void> {
  const answer = await followRide(gateway, client, rideId)
  if (answer.ok || !gateway.isHere(client)) return
  if (client.content.rides.includes(rideId))
    gateway.setRides(client, (rides) => rides.filter((id) => id !== rideId))
  gateway.server.emit(client, ['ride:closed', { rideId, reason: answer.code, client: 'stop' }])
}

export async function leaveRide(gateway: Gateway, client: Client, rideId: string): Promise<Answer> {
  if (!client.content.rides.includes(rideId)) return done
  gateway.setRides(client, (rides) => rides.filter((id) => id !== rideId))
  await gateway.rooms.leave(gateway.linkOf(client), rideId)
  return done
}
