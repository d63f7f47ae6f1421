import { z } from '@hono/zod-openapi'
import { raiseSos as raise } from '#db/queries/sos/raise-sos.ts'
import { Problem } from '#packages/errors/problem.ts'
import { uuidv7 } from '#packages/ids/uuid.ts'
import { operation } from '../http/operation.ts'
import { created, ok } from '../http/reply.ts'
import { Id, orNull, Position } from '../http/shapes.ts'
import { SosAlert } from './contract.ts'
import { presentSos } from './present-sos.ts'

const MAX_NOTE_CHARACTERS = 500

/** What somebody in trouble types is cut to what can be kept, never refused. */
const Note = z
  .string()
  .transform((text) => text.replaceAll(/[\p{Cc}\p{Cs}]+/gu, ' ').trim())
  .transform((text) => Array.from(text).slice(0, MAX_NOTE_CHARACTERS).join('') || null)

const NewSos = z
  .strictObject({
    rideId: Id.nullish().openapi({
      description: 'A ride that I am on; left out where I am not. Absent: the one under way',
    }),
    position: orNull(Position).optional(),
    note: Note.nullish(),
  })
  .openapi('NewSos')

export const raiseSos = operation(
  {
    id: 'raiseSos',
    method: 'post',
    path: '/safety/sos',
    tag: 'Safety',
    summary: 'Call for help: operators and my trusted contacts are told at once. Again: the alert that is open',
    access: 'user',
    limit: 'sos',
    vital: true,
    announces: true,
    body: NewSos,
    bodyOptional: true,
    replies: { 200: SosAlert, 201: SosAlert },
    errors: [],
  },
  async (ctx, { body }) => {
    const { rideId = null, position = null, note = null } = body
    const alert = { id: uuidv7(ctx.now), userId: ctx.actor.userId, rideId, position, note }
    const raised = await raise(ctx.db, alert, new Date(ctx.now))
    // The account was deleted a moment ago, and its sessions with it.
    if (!raised) throw new Problem('session_revoked')
    const shown = await presentSos(raised, ctx)
    return raised.isNew ? created(shown) : ok(shown)
  },
)
