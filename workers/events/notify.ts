import { forgetDevices } from '#db/queries/notifications/devices.ts'
import { makeNotifications } from '#db/queries/notifications/make-notifications.ts'
import type { OutboxRow } from '#db/queries/outbox/deliver.ts'
import { uuidv7 } from '#packages/ids/uuid.ts'
import { kindOf } from '#packages/notifications/kinds.ts'
import type { News } from '#packages/notifications/news.ts'
import type { Services } from '../context.ts'
import { type NewsReader, newsReaders } from './read-news.ts'

type Around = Pick<Services, 'db' | 'settings' | 'log' | 'platform'>

/**
 * Writes what events have to tell people into the database; `drainDeliveries` brings it to them. Returns the events that are
 * written. One that cannot be read holds up no other.
 * @param now Unix milliseconds
 */
export async function notify(around: Around, due: readonly OutboxRow[], now: number): Promise<string[]> {
  const groups = [...Map.groupBy(due, ({ topic }) => newsReaders[topic])]
  const read = await Promise.all(groups.map(([reader, rows]) => readEach(around, reader, rows)))
  const news = read.flat()
  const made = news.flatMap(([eventId, told]) =>
    told.map((each) => prepare(around.settings, each, eventId, now)),
  )
  await makeNotifications(around.db, made, new Date(now))
  const grace = Math.max(...made.map(({ graceSeconds }) => graceSeconds))
  if (grace > 0) await around.platform.drainSoon(grace + 1)
  return news.map(([eventId]) => eventId)
}

/** All at once, and one by one where that fails: then it is known which. */
async function readEach(
  around: Around,
  reader: NewsReader | undefined,
  rows: readonly OutboxRow[],
): Promise<[string, News[]][]> {
  try {
    const news = new Map(await reader?.(around, rows))
    return rows.map(({ id }) => [id, news.get(id) ?? []])
  } catch (error) {
    if (rows.length > 1) return (await Promise.all(rows.map((row) => readEach(around, reader, [row])))).flat()
    const [{ id, topic, attempts } = {}] = rows
    around.log.error('event not understood', { id, topic, attempts, error })
    return []
  }
}

function prepare({ MSG91_FLOW_TEMPLATES }: Services['settings'], news: News, eventId: string, now: number) {
  const { use, sms, graceSeconds = 0 } = kindOf(news.kind)
  const { sms: bySms, ...others } = use
  const registered =
    sms !== undefined && Object.keys(MSG91_FLOW_TEMPLATES).some((name) => name.startsWith(`${sms}.`))
  return {
    ...{ ...news, id: uuidv7(now), eventId, graceSeconds, isOffer: news.kind === 'offer' },
    use: registered && bySms ? use : others,
  }
}

/** Stops the pushes of sessions that were signed out. */
export async function stopPushes({ db }: Pick<Services, 'db'>, due: readonly OutboxRow[]): Promise<string[]> {
  await forgetDevices(
    db,
    due.map(({ payload }) => String(payload['sessionId'])),
  )
  return due.map(({ id }) => id)
}
