import type { FleetingFrame } from '#packages/protocol/hub-server-frame.ts'
import type { Effect, Errand } from './effect.ts'
import type { Hub } from './hub.ts'
import type { KnownConversations } from './known-conversations.ts'
import { wentOffline } from './ring-alarm.ts'
import type { HubSurroundings } from './surroundings.ts'
import { failWatch, grantWatch, hearPresence } from './watch.ts'
import { dropWatchers } from './watchers.ts'

export interface ErrandRun {
  hub: Hub
  surroundings: HubSurroundings
  conversations: KnownConversations
  /** Performs what a turn asks for. */
  perform: (effects: readonly Effect[]) => void
}

/** Does what takes its time and brings the hub what came of it. What fails is reported, and ends with this errand. */
export async function runErrand(run: ErrandRun, errand: Errand): Promise<void> {
  try {
    await goOn(run, errand)
  } catch (error) {
    run.surroundings.report('errand failed', { errand: errand.kind, error })
    if (errand.kind === 'ask-watch') run.perform(failWatch(run.hub, errand.users, run.surroundings.now()))
  }
}

async function goOn(run: ErrandRun, errand: Errand): Promise<void> {
  const { hub, surroundings } = run
  const { people, now } = surroundings
  switch (errand.kind) {
    case 'ask-watch': {
      const allowed = await people.watchable(hub.userId, errand.users, now())
      return run.perform(grantWatch(hub, errand.member, errand.users, allowed, now()))
    }
    case 'watch':
      await Promise.all(errand.users.map((userId) => watch(run, userId)))
      return
    case 'tell-watchers': {
      const gone = await Promise.all(errand.to.map((userId) => tellWatcher(run, userId, errand.presence)))
      return run.perform(dropWatchers(hub, gone.flat(), now()))
    }
    case 'typing': {
      const { conversationId, typing } = errand
      const frame = { type: 'chat:typing', conversationId, userId: hub.userId, typing } as const
      return passOnTo(surroundings, await run.conversations.othersIn(conversationId, now()), frame)
    }
    case 'delivered':
      return people.delivered(hub.userId, errand.messageIds, now())
    case 'go-offline':
      await people.takeOffline(hub.userId, errand.since, now())
      return run.perform(wentOffline(hub, errand.since, now()))
  }
}

async function watch({ hub, surroundings, perform }: ErrandRun, userId: string): Promise<void> {
  try {
    const presence = await surroundings.hubOf(userId).watch(hub.userId)
    perform(hearPresence(hub, userId, presence, surroundings.now()).effects)
  } catch (error) {
    surroundings.report('watch failed', { error })
    perform(failWatch(hub, [userId], surroundings.now()))
  }
}

/** The watcher, where nobody watches there any more. One that cannot be reached hears of the next change. */
async function tellWatcher(
  { hub, surroundings }: ErrandRun,
  userId: string,
  presence: Parameters<typeof hearPresence>[2],
): Promise<string[]> {
  try {
    return (await surroundings.hubOf(userId).hearPresence(hub.userId, presence)) ? [] : [userId]
  } catch (error) {
    surroundings.report('watcher not told', { error })
    return []
  }
}

/** Tells people who are there, as far as their hubs can be reached. */
export async function passOnTo(
  { hubOf, report }: Pick<HubSurroundings, 'hubOf' | 'report'>,
  userIds: readonly string[],
  frame: FleetingFrame,
): Promise<void> {
  const told = await Promise.allSettled(userIds.map((userId) => hubOf(userId).passOn(frame)))
  const failed = told.find(({ status }) => status === 'rejected')
  if (failed?.status === 'rejected') report('not passed on', { error: failed.reason })
}
