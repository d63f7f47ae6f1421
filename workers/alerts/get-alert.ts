import { findKnownOffers } from '#db/queries/alerts/offers-for.ts'
import { loadSavedSearch } from '#db/queries/alerts/own-searches.ts'
import { Problem } from '#packages/errors/problem.ts'
import { operation } from '../http/operation.ts'
import { quoteOffer } from '../http/quote-offer.ts'
import { ok } from '../http/reply.ts'
import { IdParams } from '../http/shapes.ts'
import { AlertWithOffers } from './contract.ts'
import { presentAlert } from './present.ts'

const OFFERS_SHOWN = 20

export const getAlert = operation(
  {
    id: 'getAlert',
    method: 'get',
    path: '/alerts/{id}',
    tag: 'Alerts',
    summary: 'A saved search of mine, with quotes for the rides that were found for it and can be booked now',
    access: 'user',
    limit: 'search',
    params: IdParams,
    replies: { 200: AlertWithOffers },
    errors: [],
  },
  async (ctx, { params }) => {
    const { db, now, keys, actor, payments } = ctx
    const saved = await loadSavedSearch(db, { id: params.id, userId: actor.userId }, new Date(now))
    if (!saved) throw new Problem('not_found')
    const offers = await findKnownOffers(db, saved, OFFERS_SHOWN, new Date(now))
    const asker = { passengerId: actor.userId, seats: saved.seats, now, takesPayments: payments !== null }
    const quoted = await Promise.all(offers.map((offer) => quoteOffer(keys.quote, offer, asker)))
    return ok({ ...presentAlert(saved), offers: quoted })
  },
)
