import type { Db } from '#db/client.ts'
import { markDelivered } from '#db/queries/chat/mark-delivered.ts'
import type { HubPeople } from '#packages/user-hub/surroundings.ts'
import { loadOthersInConversation } from './others-in-conversation.ts'
import { takeOffline } from './take-offline.ts'
import { loadWatchable } from './watchable.ts'

/**
 * What hubs ask of the database, wherever they run.
 * @param open the database, once it is needed
 * @param drainSoon has the outbox drained: something was written that others wait for
 */
export function hubPeople(open: () => Db, drainSoon: () => Promise<unknown>): HubPeople {
  return {
    watchable: (userId, users, now) => loadWatchable(open(), userId, users, new Date(now)),
    othersIn: (conversationId, userId) => loadOthersInConversation(open(), conversationId, userId),
    delivered: async (userId, messageIds, now) => {
      await markDelivered(open(), userId, messageIds, new Date(now))
      await drainSoon()
    },
    takeOffline: (userId, since, now) => takeOffline(open(), userId, new Date(since), new Date(now)),
  }
}
