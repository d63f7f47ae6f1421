import { networkOf } from '#packages/network/network-of.ts'
import type { AppContext } from './app-env.ts'
import { bearerToken, identify, letIn } from './authenticate.ts'
import type { Operation } from './operation.ts'
import { countRequest } from './rate-limit.ts'

/**
 * Who is calling, may they, and not too often. The session and the counter are asked at the same time.
 */
export async function authorize(op: Operation, c: AppContext): Promise<void> {
  const state = c.get('state')
  const { services, now } = state
  const guest = op.access === 'optional' && !bearerToken(c.req.raw.headers)
  if (op.access === 'public' || guest) {
    await countRequest(services.redis, op.limit, networkOf(state.address), now, state.headers)
    return
  }
  const actor = await identify(services, c.req.raw, now)
  const [admitted] = await Promise.all([
    letIn(services, actor, op),
    countRequest(services.redis, op.limit, actor.userId, now, state.headers),
  ])
  state.actor = admitted
}
