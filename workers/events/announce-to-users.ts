import type { OutboxRow } from '#db/queries/outbox/deliver.ts'
import { loadRidePeople } from '#db/queries/outbox/load-ride-people.ts'
import type { Services } from '../context.ts'
import { addressLetters, type Letter, rideTopics } from './address-letters.ts'

type Around = Pick<Services, 'db' | 'live' | 'log'>

/**
 * Tells people's hubs what concerns them, each person in one go and in order. Returns the events that everybody has whom
 * they concern; the others come again for all of them, and hubs know events by their id.
 */
export async function announceToUsers({ db, live, log }: Around, due: readonly OutboxRow[]): Promise<string[]> {
  const rideIds = new Set(due.filter(({ topic }) => rideTopics.has(topic)).map(({ subject }) => subject))
  const rides = rideIds.size === 0 ? [] : await loadRidePeople(db, [...rideIds])
  const peopleOf = new Map(rides.map((ride) => [ride.rideId, ride]))
  const failed = new Set<string>()
  const letters = due.flatMap((row) => {
    try {
      return addressLetters(row, peopleOf.get(row.subject))
    } catch (error) {
      log.error('event not understood', { id: row.id, topic: row.topic, attempts: row.attempts, error })
      failed.add(row.id)
      return []
    }
  })
  await Promise.all(
    [...Map.groupBy(letters, ({ userId }) => userId)].map(async ([userId, theirs]) => {
      try {
        await deliver(live, userId, theirs)
      } catch (error) {
        const attempts = theirs[0]?.row.attempts
        log.error('user not told', { userId, attempts, error })
        for (const { row } of theirs) failed.add(row.id)
      }
    }),
  )
  return due.filter(({ id }) => !failed.has(id)).map(({ id }) => id)
}

/** Who was signed out, or does not want to be seen, is cared for first: what follows is not for them. */
async function deliver(live: Services['live'], userId: string, letters: readonly Letter[]): Promise<void> {
  const messages = letters.map(({ message }) => message)
  const ended = messages.flatMap((message) => ('endSession' in message ? [message.endSession] : []))
  if (ended.length > 0) await live.endSessions(userId, ended)
  for (const message of messages) {
    if ('hideFrom' in message) await live.hidePresence(userId, message.hideFrom)
  }
  const events = messages.flatMap((message) => ('tell' in message ? [message.tell] : []))
  if (events.length > 0) await live.tellUser(userId, events)
  if (messages.some((message) => 'forget' in message)) await live.forgetUser(userId)
}
