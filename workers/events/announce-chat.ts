import { z } from 'zod'
import { type AudienceRow, loadAnnouncement } from '#db/queries/chat/load-announcement.ts'
import type { OutboxRow } from '#db/queries/outbox/deliver.ts'
import { presentMessage } from '#packages/chat/present-message.ts'
import type { ChatMessage, UserEvent } from '#packages/protocol/user-event.ts'
import type { Services } from '../context.ts'

const OfMessage = z.object({ messageId: z.string(), seq: z.number() })
const OfMember = z.object({ userId: z.string() })

/** An event with whom it is for. */
interface Letter {
  row: OutboxRow
  event: UserEvent
  to: readonly AudienceRow[]
}

/**
 * Tells every device of the members of a conversation, those of the sender too, what was said, deleted or read. Messages and
 * members of the whole batch are loaded at once, each person is told at once, and of several marks of one member only how far
 * they have come in the end. Returns the events that reached all they are for.
 * @param now Unix milliseconds
 */
export async function announceChat(
  { db, live, files, log }: Pick<Services, 'db' | 'live' | 'files' | 'log'>,
  due: readonly OutboxRow[],
  now: number,
): Promise<string[]> {
  const said = due.filter(({ topic }) => topic === 'chat.message')
  const { messages, audience } = await loadAnnouncement(db, {
    messageIds: said.map(({ payload }) => OfMessage.parse(payload).messageId),
    conversationIds: [...new Set(due.map(({ subject }) => subject))],
  })
  const shown = await Promise.all(
    messages.map((message) => presentMessage(message, (file) => files.link(file, now))),
  )
  const byId = new Map(shown.map((message) => [message.id, message]))
  const letters = due.flatMap((row) => {
    const members = audience.filter(({ conversationId }) => conversationId === row.subject)
    return writeLetter(row, { members, byId, due }) ?? []
  })
  const failed = new Set<string>()
  const people = Map.groupBy(
    letters.flatMap((letter) => letter.to.map(({ userId }) => ({ userId, letter }))),
    ({ userId }) => userId,
  )
  await Promise.all(
    [...people].map(async ([userId, post]) => {
      const events = post.map(({ letter }) => letter.event)
      try {
        await live.tellUser(userId, events)
      } catch (error) {
        for (const { letter } of post) failed.add(letter.row.id)
        log.error('chat announcement failed', { userId, events: events.length, error })
      }
    }),
  )
  // What nobody is to hear of is done with; a mark that another took along is done with when that one is.
  const heir = (row: OutboxRow) => (row.topic === 'chat.receipt' ? lastReceipt(row, due).id : row.id)
  return due.filter((row) => !failed.has(heir(row))).map(({ id }) => id)
}

/** The newest mark of the same member. */
function lastReceipt(row: OutboxRow, due: readonly OutboxRow[]): OutboxRow {
  const { userId } = OfMember.parse(row.payload)
  const same = (each: OutboxRow) =>
    each.topic === row.topic && each.subject === row.subject && OfMember.parse(each.payload).userId === userId
  return due.findLast(same) ?? row
}

/** The event of a row. Undefined: there is nothing to tell any more, or a later row tells it. */
function writeLetter(
  row: OutboxRow,
  around: {
    members: readonly AudienceRow[]
    byId: ReadonlyMap<string, ChatMessage>
    due: readonly OutboxRow[]
  },
): Letter | undefined {
  const { members } = around
  const about = { id: row.id, conversationId: row.subject, at: row.createdAt.toISOString() }
  if (row.topic === 'chat.receipt') {
    const { userId } = OfMember.parse(row.payload)
    const member = members.find((each) => each.userId === userId)
    if (!member || lastReceipt(row, around.due) !== row) return undefined
    const { deliveredSeq, readSeq } = member
    return { row, event: { type: 'chat:receipt', ...about, userId, deliveredSeq, readSeq }, to: members }
  }
  const { messageId, seq } = OfMessage.parse(row.payload)
  const to = members.filter(({ joinedSeq }) => joinedSeq < seq)
  if (row.topic === 'chat.deleted')
    return { row, event: { type: 'chat:deleted', ...about, messageId, messageSeq: seq }, to }
  const message = around.byId.get(messageId)
  return message && { row, event: { type: 'chat:message', id: row.id, message, at: about.at }, to }
}
