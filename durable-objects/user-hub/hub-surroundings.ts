import { z } from 'zod'
import { type Db, openDb } from '#db/client.ts'
import { hubPeople } from '#db/queries/presence/hub-people.ts'
import type { Gateway } from '#packages/protocol/gateway-link.ts'
import type { HubSurroundings } from '#packages/user-hub/surroundings.ts'
import { logFailure } from '../log-failure.ts'
import { retryReach } from '../sockets/retry-reach.ts'
import { type ReachableHubs, reachUserHub } from './reach-user-hub.ts'

/** What wrangler.toml binds that a hub needs. */
export interface HubBindings extends Cloudflare.Env {
  USER_HUB: ReachableHubs
  EVENTS?: Queue<{ type: 'drain-outbox' }>
  SOCKET_GATEWAY?: { getByName(name: string): Gateway }
}

const Settings = z.object({
  DATABASE_URL: z.string(),
  DATABASE_TIMEOUT_MS: z.coerce.number().int().min(100).default(1400),
})

let database: Db | undefined

/** One for all hubs of the isolate; the settings are checked by the application. */
function open(bindings: HubBindings): Db {
  const { DATABASE_URL, DATABASE_TIMEOUT_MS } = Settings.parse(bindings)
  database ??= openDb(DATABASE_URL, DATABASE_TIMEOUT_MS)
  return database
}

/** Around a hub on Cloudflare: the database, other hubs and the gateways. */
export function hubSurroundings(bindings: HubBindings): HubSurroundings {
  return {
    people: hubPeople(
      () => open(bindings),
      async () => bindings.EVENTS?.send({ type: 'drain-outbox' }),
    ),
    hubOf: (userId) => reachUserHub(bindings.USER_HUB, userId),
    gateway: (name) => ({
      take: (source, orders) =>
        retryReach(async () => {
          const gateways = bindings.SOCKET_GATEWAY
          if (!gateways) throw new Error('SOCKET_GATEWAY is not bound')
          return gateways.getByName(name).take(source, orders)
        }),
    }),
    now: Date.now,
    report: (message, { error, ...details }) => logFailure('user hub', message, { ...details, error }),
  }
}
