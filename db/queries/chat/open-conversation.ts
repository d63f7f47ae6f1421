import { type SQL, sql } from 'drizzle-orm'
import { type Db, writeLocked } from '#db/client.ts'
import { isOnRide } from '#db/queries/rides/on-ride.ts'
import { ENQUIRY_WINDOW_MS, MAX_ENQUIRIES_A_DAY } from '#packages/chat/limits.ts'
import { areFree, hasBooked, isForOthers, isOffered, isOpen, isThere } from './conditions.ts'
import { ConversationRow, conversationView } from './conversation-view.ts'
import { followBookings } from './follow-bookings.ts'
import { takingPart } from './taking-part.ts'

export interface Opening {
  /** The id that it gets if there is none yet. */
  id: string
  rideId: string
  openerId: string
  /** With whom; null: the group of the ride. */
  receiverId: string | null
}

/**
 * The conversation of two people about a ride, or the group of a ride; made if there is none and the opener may. Undefined: they
 * may not; `inspectOpening` says why.
 */
export function openConversation(db: Db, opening: Opening, now: Date): Promise<ConversationRow | undefined> {
  const { rideId, openerId, receiverId } = opening
  const [low = '', high = ''] = [openerId, receiverId ?? ''].toSorted()
  const kind = receiverId
    ? sql`conversation.kind = 'direct' and conversation.pair_low = ${low} and conversation.pair_high = ${high}`
    : sql`conversation.kind = 'group'`
  const mine = takingPart(openerId, sql`conversation.ride_id = ${rideId} and ${kind}`)
  // In the order of their ids; of two conversations that somebody opens at once the second counts the first.
  const lock = (id: string) => sql`select id from users where id = ${id} and deleted_at is null
    for ${sql.raw(id === openerId ? 'no key update' : 'key share')}`
  const create = receiverId
    ? createDirect({ ...opening, receiverId }, low, high, now)
    : createGroup(opening, now)
  const lockGroup = sql`select 1 from conversations where ride_id = ${rideId} and kind = 'group' for no key update`
  const follow = followBookings(sql`conversation.ride_id = ${rideId}`, now)
  const write = sql`with part as (${mine}) select id from part`
  const view = sql`with part as (${mine}) ${conversationView(openerId)}`
  const before = receiverId
    ? ([lock(low), lock(high), create] as const)
    : ([lock(openerId), create, lockGroup, follow] as const)
  return writeLocked(db, { before, write, view }, ConversationRow)
}

function createDirect(
  { id, rideId, openerId, receiverId }: Opening & { receiverId: string },
  low: string,
  high: string,
  now: Date,
): SQL {
  const [opener, receiver] = [sql`${openerId}::uuid`, sql`${receiverId}::uuid`]
  return sql`with conversation as (
      insert into conversations (id, kind, ride_id, pair_low, pair_high, created_at, active_at)
      select ${id}::uuid, 'direct', ride.id, ${low}::uuid, ${high}::uuid, ${now}::timestamptz, ${now}::timestamptz
      from rides ride
      where ride.id = ${rideId} and ${isOpen(now)} and ${isThere(opener)} and ${areFree(opener, receiver)} and (
        (ride.driver_id = ${opener} and ${hasBooked(receiver)})
        or (ride.driver_id = ${receiver} and ride.driver_id <> ${opener} and (${hasBooked(opener)}
          or (${isOffered(now)} and not ${isForOthers(openerId)}
            and ${enquiriesOf(openerId, now)} < ${MAX_ENQUIRIES_A_DAY}))))
      on conflict (ride_id, pair_low, pair_high) where kind = 'direct' do nothing
      returning id, pair_low, pair_high
    )
    insert into conversation_members (conversation_id, user_id, joined_at)
    select id, unnest(array[pair_low, pair_high]), ${now}::timestamptz from conversation`
}

function createGroup({ id, rideId, openerId }: Opening, now: Date): SQL {
  const opener = sql`${openerId}::uuid`
  return sql`insert into conversations (id, kind, ride_id, created_at, active_at)
    select ${id}::uuid, 'group', ride.id, ${now}::timestamptz, ${now}::timestamptz
    from rides ride
    where ride.id = ${rideId} and ride.status <> 'cancelled' and ${isOpen(now)} and ${isThere(opener)}
      and ${isOnRide(opener)}
    on conflict (ride_id) where kind = 'group' do nothing`
}

/** How many direct conversations about rides of others somebody came into of late, whoever began them. */
export function enquiriesOf(userId: string, now: Date): SQL {
  const since = new Date(now.getTime() - ENQUIRY_WINDOW_MS)
  return sql`(select count(*)::int from conversation_members member
    join conversations asked on asked.id = member.conversation_id and asked.kind = 'direct'
    join rides of_others on of_others.id = asked.ride_id and of_others.driver_id <> member.user_id
    where member.user_id = ${userId} and member.left_at is null and member.joined_at > ${since})`
}
