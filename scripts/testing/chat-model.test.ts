import { sql } from 'drizzle-orm'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { countUnread } from '../../db/queries/chat/count-unread.ts'
import { deleteMessage } from '../../db/queries/chat/delete-message.ts'
import { listMessages } from '../../db/queries/chat/list-messages.ts'
import { loadConversation } from '../../db/queries/chat/load-conversations.ts'
import { markMessage } from '../../db/queries/chat/move-marks.ts'
import { newPeople, newRide } from '../storms/new-ride.ts'
import { opened, send, setBooking } from './chat-world.ts'
import { openWorld } from './open-world.ts'

/** Messages, marks, deletion and the comings and goings of a group, in random orders, against a model of them. */
const now = new Date('2026-12-01T06:00:00Z')
const departsAt = new Date(now.getTime() + 3600_000)
const RUNS = Number(process.env['MODEL_RUNS'] ?? 12)
const PEOPLE = 4

const db = await openWorld()

interface Member {
  joined: number
  delivered: number
  read: number
  gone: boolean
}

/** The first person drives; the others ride along while they are in `riding`. */
interface Model {
  kind: 'direct' | 'group'
  id: string
  people: readonly string[]
  riding: Set<number>
  messages: { id: string; sender: number; deleted: boolean }[]
  members: Map<number, Member>
  receipts: number
}

const takesPart = ({ kind, riding }: Model, who: number) =>
  kind === 'direct' ? who < 2 : who === 0 || riding.has(who)

/** As somebody sees it: who has no row yet, or none any more, has it from the last message on. */
function viewOf(model: Model, who: number): Member {
  const last = model.messages.length
  const member = model.members.get(who)
  if (member && !member.gone) return member
  return { joined: last, delivered: last, read: last, gone: false }
}

function follow(model: Model) {
  if (model.kind === 'direct') return
  for (const who of model.people.keys()) {
    const member = model.members.get(who)
    const isIn = takesPart(model, who)
    if (isIn && (!member || member.gone)) model.members.set(who, { ...viewOf(model, who) })
    else if (!isIn && member) member.gone = true
  }
}

function unreadOf(model: Model, who: number): number {
  const { read } = viewOf(model, who)
  return model.messages.slice(read).filter(({ sender, deleted }) => sender !== who && !deleted).length
}

const visible = (model: Model, who: number) =>
  model.messages.map((message, n) => ({ ...message, seq: n + 1 })).slice(viewOf(model, who).joined)

/** Moves a mark of the model; whether others are to hear of it. */
function mark(model: Model, who: number, seq: number, kind: 'delivered' | 'read') {
  const member = model.members.get(who)
  if (!takesPart(model, who) || !member || member.gone || seq <= member.joined || seq <= member[kind]) return
  member.delivered = Math.max(member.delivered, seq)
  if (kind === 'read') member.read = Math.max(member.read, seq)
  model.receipts++
}

type Step = { who: number; pick: number; does: 'send' | 'read' | 'deliver' | 'fetch' | 'delete' | 'ride' }

async function perform(model: Model, rideId: string, { who, pick, does }: Step) {
  const userId = model.people[who] ?? ''
  const [conversationId, { messages }] = [model.id, model]
  const [index, message] =
    messages.length > 0 ? [pick % messages.length, messages[pick % messages.length]] : [0]
  if (does === 'send') {
    const sent = await send(db, { conversationId, senderId: userId }, now)
    expect(sent !== undefined).toBe(takesPart(model, who))
    // The members are looked at before it is known whether the sender is one.
    follow(model)
    if (sent) model.messages.push({ id: sent.id, sender: who, deleted: false })
    if (sent) expect(sent.seq).toBe(messages.length)
  } else if (does === 'fetch') {
    const page = await listMessages(db, { conversationId, userId, limit: 100 }, now)
    mark(model, who, messages.length, 'delivered')
    expect(page?.messages.map(({ seq, body }) => [seq, body === null])).toEqual(
      takesPart(model, who)
        ? visible(model, who)
            .map(({ seq, deleted }) => [seq, deleted])
            .toReversed()
        : undefined,
    )
  } else if (does === 'ride') {
    if (model.kind === 'direct' || who === 0) return
    const rides = !model.riding.has(who)
    await setBooking(db, { rideId, passengerId: userId, state: rides ? 'confirmed' : 'cancelled' }, now)
    if (rides) model.riding.add(who)
    else model.riding.delete(who)
  } else if (message && does === 'delete') {
    const gone = await deleteMessage(db, { messageId: message.id, senderId: userId }, now)
    expect(gone !== undefined).toBe(message.sender === who)
    if (gone) message.deleted = true
  } else if (message && (does === 'read' || does === 'deliver')) {
    const kind = does === 'read' ? 'read' : 'delivered'
    mark(model, who, index + 1, kind)
    const marks = await markMessage(db, { messageId: message.id, userId, mark: kind }, now)
    const sees = takesPart(model, who) && index + 1 > viewOf(model, who).joined
    expect(marks !== undefined).toBe(sees)
    const { delivered, read } = viewOf(model, who)
    if (marks)
      expect(marks).toMatchObject({ deliveredSeq: delivered, readSeq: read, unread: unreadOf(model, who) })
  }
}

/** What everybody sees is what the model says, and nobody was told of a mark that did not move. */
async function compare(model: Model) {
  for (const [who, userId] of model.people.entries()) {
    const seen = await loadConversation(db, model.id, userId)
    const isIn = takesPart(model, who)
    expect(seen && { unread: seen.unread, lastSeq: seen.lastSeq, last: seen.lastMessage?.seq }).toEqual(
      isIn
        ? {
            unread: unreadOf(model, who),
            lastSeq: model.messages.length,
            last: visible(model, who).at(-1)?.seq,
          }
        : undefined,
    )
    const unread = unreadOf(model, who)
    const counted = (await countUnread(db, userId)).filter(({ conversationId }) => conversationId === model.id)
    expect(counted).toEqual(isIn && unread > 0 ? [{ conversationId: model.id, unread }] : [])
  }
  const { rows } = await db.execute(
    sql`select count(*)::int as count from outbox where topic = 'chat.receipt' and subject = ${model.id}`,
  )
  expect(rows).toEqual([{ count: model.receipts }])
}

test.each(['direct', 'group'] as const)(
  'random histories: what is seen, unread and marked in a %s',
  async (kind) => {
    const step = fc.record<Step>({
      who: fc.nat(PEOPLE - 1),
      pick: fc.nat(100),
      does: fc.constantFrom(
        'send',
        'send',
        'send',
        'read',
        'read',
        'deliver',
        'fetch',
        'delete',
        'ride',
        'ride',
      ),
    })
    let steps = 0
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40, size: 'max' }), async (history) => {
        const ride = { bookingMode: 'instant' as const, legs: 1, capacity: 8, departsAt }
        const { rideId, driverId } = await newRide(db, ride, now)
        const people = [driverId, ...(await newPeople(db, PEOPLE - 1, now))]
        const openerId = (kind === 'direct' ? people[1] : driverId) ?? ''
        const id = await opened(
          db,
          { rideId, openerId, ...(kind === 'direct' && { receiverId: driverId }) },
          now,
        )
        const fresh = () => ({ joined: 0, delivered: 0, read: 0, gone: false })
        const members = new Map((kind === 'direct' ? [0, 1] : [0]).map((who) => [who, fresh()]))
        const model: Model = { kind, id, people, riding: new Set(), messages: [], members, receipts: 0 }
        for (const each of history) {
          await perform(model, rideId, each)
          await compare(model)
          steps++
        }
      }),
      { numRuns: RUNS, interruptAfterTimeLimit: 90_000, markInterruptAsFailure: true },
    )
    console.log(`  ${RUNS} runs, ${steps} steps`)
  },
  120_000,
)
