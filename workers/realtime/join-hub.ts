import { z } from '@hono/zod-openapi'
import { operation } from '../http/operation.ts'
import { requireUpgrade } from '../http/require-upgrade.ts'

export const joinHub = operation(
  {
    id: 'joinHub',
    method: 'get',
    path: '/realtime',
    tag: 'Realtime',
    summary: 'Everything that concerns me, over WebSocket: bookings, rides, chat, notifications, presence',
    access: 'user',
    limit: 'read',
    query: z.object({ after: z.coerce.number().int().min(0).optional() }),
    replies: { 101: null },
    errors: ['upgrade_required'],
  },
  async (ctx) => {
    requireUpgrade(ctx.request)
    const { userId, sessionId, role, tokenExpiresAt } = ctx.actor
    const pass = { userId, sessionId, expiresAt: tokenExpiresAt, drives: role === 'driver' }
    return ctx.live.joinHub(pass, ctx.request)
  },
)
