import type { ConversationRow } from '#db/queries/chat/conversation-view.ts'
import { inspectOpening } from '#db/queries/chat/inspect-writing.ts'
import { openConversation as open } from '#db/queries/chat/open-conversation.ts'
import { ENQUIRY_WINDOW_MS } from '#packages/chat/limits.ts'
import { closesAt, refuseToBegin } from '#packages/chat/may-write.ts'
import { Problem } from '#packages/errors/problem.ts'
import { uuidv7 } from '#packages/ids/uuid.ts'
import type { Ctx } from '../context.ts'

/** What opening a conversation can be refused with. */
export const openingRefusals = [
  'not_found',
  'chat_closed',
  'not_on_ride',
  'recipient_unavailable',
  'women_only_ride',
] as const

/** The conversation with somebody about a ride, or else its group; made where there is none. Throws one of `openingRefusals`, or `rate_limited`. */
export async function openFor(
  ctx: Ctx,
  { rideId, receiverId = null }: { rideId: string; receiverId?: string | null | undefined },
): Promise<{ conversation: ConversationRow; isNew: boolean }> {
  const opening = { id: uuidv7(ctx.now), rideId, receiverId, openerId: ctx.actor.userId }
  const conversation = await open(ctx.db, opening, new Date(ctx.now))
  if (!conversation) throw await whyNotOpened(ctx, opening)
  return { conversation, isNew: conversation.id === opening.id }
}

async function whyNotOpened(
  ctx: Ctx,
  opening: { rideId: string; openerId: string; receiverId: string | null },
): Promise<Problem> {
  const facts = await inspectOpening(ctx.db, opening, new Date(ctx.now))
  if (!facts) return new Problem('not_found')
  if (opening.receiverId === null) {
    if (!facts.ofGroup) return new Problem('not_on_ride')
    const isOver = facts.ride.status === 'cancelled' || ctx.now >= closesAt(facts.ride)
    return new Problem(isOver ? 'chat_closed' : 'concurrent_change')
  }
  const refused = refuseToBegin(facts, ctx.now) ?? 'concurrent_change'
  if (refused !== 'rate_limited') return new Problem(refused)
  return new Problem(refused, {
    detail: 'You have written to many drivers today; book a ride, or try again later',
    retryAfter: ENQUIRY_WINDOW_MS / 1000,
  })
}
