import { loadShared, loadSharedAlert, type SharedRow } from '#db/queries/share-links/load-shared.ts'
import { hashOfToken, readAlertToken, TOKEN } from '#packages/share-links/token.ts'
import type { Ctx } from '../context.ts'

/**
 * What a link shows, whether it is one to a ride or to an alert. Undefined: it is none of ours, has expired or was
 * revoked, and nobody can tell which.
 */
export async function openLink(
  { db, keys, now }: Pick<Ctx, 'db' | 'keys' | 'now'>,
  token: string,
): Promise<SharedRow | undefined> {
  if (!TOKEN.test(token)) return undefined
  const alertId = await readAlertToken(keys.alerts, token)
  if (alertId !== undefined) return loadSharedAlert(db, alertId, new Date(now))
  return loadShared(db, await hashOfToken(token), new Date(now))
}
