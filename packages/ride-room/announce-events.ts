import type { BookingState } from '#packages/booking/states.ts'
import type { CloseReason } from '#packages/protocol/close-codes.ts'
import type { RideEvent } from '#packages/protocol/ride-event.ts'
import { advanceRide } from './advance-ride.ts'
import { type BarKey, bar } from './bar.ts'
import type { Effect } from './effect.ts'
import { showPositionsTo } from './greet-member.ts'
import { dismissMember } from './leave-room.ts'
import { MAX_SEEN_EVENTS } from './limits.ts'
import { beginTurn, type Member, type Room, type Turn } from './room.ts'
import { saveRoom } from './save-room.ts'
import { settle } from './settle-turn.ts'
import { tell } from './tell.ts'

type BookingEvent = Extract<RideEvent, { type: 'booking' }>

/** The states in which a booking no longer lets its passenger follow the ride. */
const endedStates: ReadonlySet<BookingState> = new Set(['rejected', 'cancelled', 'expired', 'no_show'])

/** Takes a right away: closes the sockets that stand on it, and keeps out passes made before. */
function revoke(turn: Turn, key: BarKey, reason: CloseReason, standsOnIt: (member: Member) => boolean): void {
  bar(turn.room, key, turn.now)
  for (const member of turn.room.members.values()) {
    if (standsOnIt(member)) dismissMember(turn, member, reason)
  }
}

/** A booking is the business of its passenger and of the driver only. */
function announceBooking(turn: Turn, { bookingId, passengerId, state, at }: BookingEvent): void {
  tell(turn, { type: 'booking', bookingId, state, at }, { roles: ['driver'], userId: passengerId })
  // Who boards where is part of the plan.
  turn.room.planDue = turn.now
  turn.effects.push({ do: 'forget-plan' })
  if (state === 'boarded') {
    for (const member of turn.room.members.values()) {
      if (member.bookingId === bookingId && member.positionsFrom !== null) showPositionsTo(turn, member)
    }
  }
  if (!endedStates.has(state)) return
  // A passenger who booked again stands on the other booking.
  revoke(turn, `booking:${bookingId}`, 'removed', (member) =>
    member.bookingId === null
      ? member.role === 'passenger' && member.userId === passengerId
      : member.bookingId === bookingId,
  )
}

function announce(turn: Turn, event: RideEvent): void {
  switch (event.type) {
    case 'ride':
      advanceRide(turn, event.status, event.at)
      return
    case 'booking':
      announceBooking(turn, event)
      return
    case 'member_removed':
      revoke(turn, `user:${event.userId}`, 'removed', (member) => member.userId === event.userId)
      return
    case 'session_revoked':
      revoke(
        turn,
        `session:${event.sessionId}`,
        'session_revoked',
        (member) => member.sessionId === event.sessionId,
      )
      return
    case 'link_revoked':
      revoke(turn, `link:${event.linkId}`, 'removed', (member) => member.userId === event.linkId)
  }
}

/** Takes in what was committed elsewhere. An event that comes again is ignored. */
export function announceEvents(room: Room, events: readonly RideEvent[], now: number): Effect[] {
  const turn = beginTurn(room, now)
  const news = events.filter(({ id }) => !room.seen.includes(id))
  if (news.length === 0) return []
  for (const event of news) {
    // Looked up again: a batch may hold the same event twice.
    if (room.seen.includes(event.id)) continue
    room.seen = [...room.seen, event.id].slice(-MAX_SEEN_EVENTS)
    announce(turn, event)
  }
  saveRoom(turn)
  return settle(turn)
}
