import { loadPublicPerson } from '#db/queries/people/load-public-person.ts'
import { Problem } from '#packages/errors/problem.ts'
import { firstName } from '#packages/people/first-name.ts'
import { operation } from '../http/operation.ts'
import { presentPhoto } from '../http/photo.ts'
import { presentRating } from '../http/rating.ts'
import { ok } from '../http/reply.ts'
import { IdParams } from '../http/shapes.ts'
import { PublicPerson } from './contract.ts'

export const getUser = operation(
  {
    id: 'getUser',
    method: 'get',
    path: '/users/{id}',
    tag: 'People',
    summary: 'What everybody may know of a person; of whom I blocked, or who blocked me, nothing',
    access: 'user',
    limit: 'read',
    params: IdParams,
    replies: { 200: PublicPerson },
    errors: [],
  },
  async (ctx, { params }) => {
    const person = await loadPublicPerson(ctx.db, params.id, ctx.actor.userId)
    if (!person) throw new Problem('not_found')
    const { id, bio, isDriver, ridesDriven, ridesTaken } = person
    return ok({
      ...{ id, bio, isDriver, ridesDriven, ridesTaken },
      name: firstName(person.name),
      photo: person.photo && (await presentPhoto(person.photo, ctx)),
      ratings: { driver: presentRating(person.asDriver), passenger: presentRating(person.asPassenger) },
      memberSince: person.createdAt.toISOString(),
    })
  },
)
