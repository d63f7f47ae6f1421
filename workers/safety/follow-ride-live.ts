import { Problem } from '#packages/errors/problem.ts'
import { operation } from '../http/operation.ts'
import { requireUpgrade } from '../http/require-upgrade.ts'
import { TokenParams } from './contract.ts'
import { openLink } from './open-link.ts'
import { seesCar } from './sees-car.ts'
import { viewerPass } from './viewer-pass.ts'

export const followRideLive = operation(
  {
    id: 'followRideLive',
    method: 'get',
    path: '/share/{token}/live',
    tag: 'Safety',
    summary: 'The live room of a shared ride, over WebSocket: for who has the link, to watch',
    access: 'public',
    limit: 'share',
    params: TokenParams,
    replies: { 101: null },
    errors: ['upgrade_required', 'ride_not_live'],
  },
  async (ctx, { params }) => {
    requireUpgrade(ctx.request)
    const shared = await openLink(ctx, params.token)
    if (!shared) throw new Problem('not_found')
    const { ride } = shared
    // Help that was called outside a ride has no room, and with the alert ends what its link shows of one.
    const isLive = ride?.status === 'scheduled' || ride?.status === 'started'
    if (!isLive || shared.alert?.state === 'resolved' || !seesCar(shared, ctx.now))
      throw new Problem('ride_not_live')
    return ctx.live.joinRide(viewerPass(shared, ride), ctx.request)
  },
)
