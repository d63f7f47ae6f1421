import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRows } from '../../db/client.ts'
import { registerDevice } from '../../db/queries/notifications/devices.ts'
import { listNotifications } from '../../db/queries/notifications/own-notifications.ts'
import { requestNotifications } from '../../db/queries/notifications/request-notifications.ts'
import { uuidv7 } from '../../packages/ids/uuid.ts'
import { presentNotification } from '../../packages/notifications/present-notification.ts'
import type { Push, PushOutcome } from '../../packages/push/push-port.ts'
import { drainDeliveries } from '../../workers/events/drain-deliveries.ts'
import { drainOutbox } from '../../workers/events/drain-outbox.ts'
import { newPerson } from './open-world.ts'
import { type OutboxStage, outboxSurroundings } from './surroundings.ts'

export const start = new Date('2026-12-01T06:00:00Z')
export const after = (seconds: number) => new Date(start.getTime() + seconds * 1000)

/** Somebody with a device; `token` is where it gets its pushes. */
export async function newReader(db: Db): Promise<{ userId: string; token: string; deviceId: string }> {
  const userId = await newPerson(db, start)
  const token = `device-${crypto.randomUUID()}`
  await db.execute(sql`update sessions set expires_at = ${after(400 * 24 * 3600)} where user_id = ${userId}`)
  const [session] = await readRows(
    db,
    sql`select id from sessions where user_id = ${userId}`,
    z.object({ id: z.string() }),
  )
  const device = {
    id: uuidv7(),
    userId,
    sessionId: session?.id ?? '',
    pushToken: token,
    platform: 'android',
  } as const
  await registerDevice(db, device, start)
  return { userId, token, deviceId: device.id }
}

let words = 0
let operator: Promise<string> | undefined
/** Has people told something; returns its title, which is like no other. */
export async function tell(db: Db, userIds: string[], at = start): Promise<string> {
  const title = `News ${++words}`
  const request = { kind: 'announcement', userIds, written: { en: { title, body: 'Now' } } } as const
  operator ??= newPerson(db, start)
  await requestNotifications(db, { id: uuidv7(), actorId: await operator, ...request }, at)
  return title
}

/** The places where notifications go, and what came there. */
export function newPlaces(
  answer: (push: Push) => PushOutcome | Promise<PushOutcome> = () => ({ type: 'sent' }),
) {
  const pushed: Push[] = []
  const told: { userId: string; id: string; title: string }[] = []
  const errors: string[] = []
  const soon: number[] = []
  return {
    ...{ pushed, told, errors, soon },
    /** Drains the outbox, and then what it made, at this instant. */
    async drain(db: Db, at: Date, stage: OutboxStage = {}): Promise<number> {
      const log = {
        info: () => undefined,
        warn: () => undefined,
        error: (message: string) => void errors.push(message),
      }
      const surroundings = outboxSurroundings(db, {
        log,
        ...stage,
        live: {
          tellUser: async (userId, events) => {
            for (const event of events)
              if (event.type === 'notification:new')
                told.push({ userId, id: event.id, title: event.notification.title })
            return true
          },
          ...stage.live,
        },
      })
      const send = async (pushes: readonly Push[]) => {
        pushed.push(...pushes)
        return Promise.all(pushes.map(async (push) => await answer(push)))
      }
      const clock = () => at.getTime()
      await drainOutbox(surroundings, clock)
      const sent = await drainDeliveries({ ...surroundings, push: { send } }, clock, () => 0.5)
      soon.push(...surroundings.soon)
      return sent
    },
  }
}

/** What stands in somebody's list, the newest first. */
export async function listOf(db: Db, userId: string): Promise<string[]> {
  const rows = await listNotifications(db, { userId, unread: false, limit: 100 })
  return rows.map((row) => presentNotification(row).title)
}

/** The states of a person's deliveries by their way. */
export async function statesOf(db: Db, userId: string): Promise<string[]> {
  const rows = await readRows(
    db,
    sql`select channel || ' ' || state as state from deliveries join notifications note on note.id = notification_id
      where note.user_id = ${userId} order by notification_id, channel, target`,
    z.object({ state: z.string() }),
  )
  return rows.map(({ state }) => state)
}

/** A database whose n-th statement is the last that this process sends: it dies before it, or before it hears the answer. */
export function dyingAt(db: Db, n: number, when: 'before' | 'after'): { db: Db; died: () => boolean } {
  let count = 0
  const die = () => {
    throw new Error('the process died')
  }
  const dying = <Args extends unknown[], Result>(run: (...args: Args) => PromiseLike<Result>) => {
    return async (...args: Args): Promise<Result> => {
      count += 1
      if (count > n || (count === n && when === 'before')) die()
      const result = await run(...args)
      if (count >= n) die()
      return result
    }
  }
  const died = () => count >= n
  return {
    died,
    db: new Proxy(db, {
      get: (target, name) => {
        if (name === 'execute')
          return dying((statement: Parameters<Db['execute']>[0]) => target.execute(statement))
        if (name === 'batch') return dying((statements: Parameters<Db['batch']>[0]) => target.batch(statements))
        return Reflect.get(target, name)
      },
    }),
  }
}
