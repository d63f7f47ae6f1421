import { acknowledgeSos as acknowledge } from '#db/queries/sos/change-sos.ts'
import { refusalsOf } from '#packages/sos/transition.ts'
import { operation } from '../http/operation.ts'
import { ok } from '../http/reply.ts'
import { IdParams } from '../http/shapes.ts'
import { StaffSosAlert } from './contract.ts'
import { explainSos } from './explain-sos.ts'
import { presentStaffSos } from './present-sos.ts'

export const acknowledgeSos = operation(
  {
    id: 'acknowledgeSos',
    method: 'post',
    path: '/admin/sos/{id}/acknowledge',
    tag: 'Admin',
    summary: 'Take an alert: who raised it sees that somebody is on it',
    access: 'operator',
    limit: 'sos',
    vital: true,
    announces: true,
    params: IdParams,
    replies: { 200: StaffSosAlert },
    errors: [...refusalsOf('acknowledge'), 'concurrent_change'],
  },
  async (ctx, { params }) => {
    const change = { alertId: params.id, actorId: ctx.actor.userId }
    const alert = await acknowledge(ctx.db, change, new Date(ctx.now))
    if (!alert) throw await explainSos(ctx, params.id, 'acknowledge')
    return ok(presentStaffSos(alert))
  },
)
