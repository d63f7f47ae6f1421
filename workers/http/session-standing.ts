import { loadSession } from '#db/queries/auth/load-session.ts'
import type { Role, Services } from '../context.ts'
import { askRedis } from './ask-redis.ts'

/** What is remembered of a session while its access tokens live. */
export type Standing = Role | 'revoked'

/** In place of what Redis would say, while it says nothing. */
const UNKNOWN = Symbol('unknown')

const key = (sessionId: string) => `session:${sessionId}`
const isStanding = (value: unknown): value is Standing =>
  value === 'user' || value === 'driver' || value === 'revoked'

type Shared = Pick<Services, 'redis' | 'db' | 'settings'>

/**
 * Whether a session is still signed in, and the role of its user: from Redis, else from the database. A change of
 * standing overwrites the key, and a reader only fills it where it is empty, so a slow reader never undoes a sign-out.
 * @param vital what is asked for must not wait for Redis: the database knows too, which is where a standing comes from
 */
export async function sessionStanding(
  { redis, db, settings }: Shared,
  sessionId: string,
  userId: string,
  vital = false,
): Promise<Standing> {
  const ask = (question: () => Promise<unknown>): Promise<unknown> =>
    vital ? askRedis(question).catch(() => UNKNOWN) : askRedis(question)
  const known = await ask(() => redis.get(key(sessionId)))
  if (isStanding(known)) return known
  const session = await loadSession(db, sessionId, userId)
  if (!session) return 'revoked'
  const standing = session.revoked ? 'revoked' : session.isDriver ? 'driver' : 'user'
  if (known !== UNKNOWN)
    await ask(() => redis.set(key(sessionId), standing, { nx: true, ex: settings.JWT_EXPIRES_IN }))
  return standing
}

/** Makes a new standing known at once to every request that follows. */
export async function setStanding(
  { redis, settings }: Shared,
  sessionIds: readonly string[],
  standing: Standing,
): Promise<void> {
  const expiry = { ex: settings.JWT_EXPIRES_IN }
  await askRedis(() => Promise.all(sessionIds.map((sessionId) => redis.set(key(sessionId), standing, expiry))))
}
