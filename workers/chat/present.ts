import type { z } from '@hono/zod-openapi'
import type { ConversationRow } from '#db/queries/chat/conversation-view.ts'
import type { FlaggedRow } from '#db/queries/chat/list-flagged.ts'
import { closesAt } from '#packages/chat/may-write.ts'
import { presentMessage, type StoredMessage } from '#packages/chat/present-message.ts'
import type { Ctx } from '../context.ts'
import type { Conversation, FlaggedMessage, Message } from './contract.ts'

/** A message with a link to its attachment that is good now. */
export function presentMine(
  { files, now }: Pick<Ctx, 'files' | 'now'>,
  message: StoredMessage,
): Promise<z.input<typeof Message>> {
  return presentMessage(message, (file) => files.link(file, now))
}

/** A flagged message as the staff see it. */
export async function presentFlagged(
  ctx: Pick<Ctx, 'files' | 'now'>,
  message: FlaggedRow,
): Promise<z.input<typeof FlaggedMessage>> {
  const { flag, senderName, handledBy, handledAt } = message
  return {
    ...(await presentMine(ctx, message)),
    ...{ flag, senderName, handledBy, handledAt: handledAt?.toISOString() ?? null },
  }
}

export async function presentConversation(
  ctx: Ctx,
  conversation: ConversationRow,
): Promise<z.input<typeof Conversation>> {
  const { id, kind, unread, lastSeq, lastMessage, driverId, members } = conversation
  return {
    ...{ id, kind, unread, lastSeq },
    ride: {
      id: conversation.rideId,
      status: conversation.rideStatus,
      departsAt: conversation.departsAt.toISOString(),
    },
    members: members.map((member) => ({
      ...member,
      role: member.id === driverId ? ('driver' as const) : ('passenger' as const),
    })),
    lastMessage: lastMessage && (await presentMine(ctx, lastMessage)),
    closesAt: new Date(
      closesAt({
        endedAt: conversation.endedAt?.getTime() ?? null,
        arrivesAt: conversation.arrivesAt.getTime(),
      }),
    ).toISOString(),
    createdAt: conversation.createdAt.toISOString(),
    activeAt: conversation.activeAt.toISOString(),
  }
}
