import { expect, test } from 'vitest'
import { call, refusal } from './client/api.ts'
import { actOn, book } from './client/bookings.ts'
import { chatOf, history, mark, openChat, post, remove, say } from './client/chat.ts'
import { signIn, signInDriver } from './client/people.ts'
import { completeJourney, getReview, review, reviewsOf } from './client/reviews.ts'
import { handle, raise, resolveOwn, share } from './client/safety.ts'
import { publishTrip } from './client/trips.ts'

const notThere = refusal(404, 'not_found')

/** Who has nothing to do with a ride, and who had: neither gets at what its people say, share, call for or judge. */
test('what is said on a ride is for its people, also from who was one of them', async () => {
  const trip = await publishTrip()
  const [passenger, leaver, stranger] = [await signIn(), await signIn(), await signInDriver()]
  await book(trip, passenger)
  const left = await book(trip, leaver)
  const [group, pair] = [await chatOf(trip, trip.driver), await chatOf(trip, passenger, trip.driver)]
  const before = await say(passenger, group, 'I wait at gate 7')
  expect((await actOn(left, leaver, 'cancel')).status).toBe(200)
  const [inGroup, inPair] = [
    await say(passenger, group, 'My flat is 12'),
    await say(passenger, pair, 'Flat 12'),
  ]
  for (const person of [stranger, leaver]) {
    for (const conversationId of [group, pair]) {
      expect(await history(person, conversationId)).toMatchObject(notThere)
      const path = `/api/v1/chat/conversations/${conversationId}`
      expect(await call('GET', path, { token: person.token })).toMatchObject(notThere)
      expect(await post(person, { conversationId, body: 'Hi' })).toMatchObject(notThere)
    }
    for (const { id } of [before, inGroup, inPair]) {
      expect(await mark(person, id, 'read')).toMatchObject(notThere)
      expect(await remove(person, id)).toMatchObject(notThere)
    }
    const report = { subjectKind: 'message', reason: 'other' }
    for (const { id } of [inGroup, inPair])
      expect(
        await call('POST', '/api/v1/reports', { token: person.token, body: { ...report, subjectId: id } }),
      ).toMatchObject(notThere)
    expect(await openChat(trip, person)).toMatchObject(refusal(403, 'not_on_ride'))
    expect(await openChat(trip, person, passenger)).toMatchObject(refusal(403, 'not_on_ride'))
    for (const list of ['conversations/user', 'unread'])
      expect(await call('GET', `/api/v1/chat/${list}/${passenger.id}`, { token: person.token })).toMatchObject(
        notThere,
      )
  }
})

test('whose call for help and whose link it is, nobody else can touch, and nobody of the ride sees', async () => {
  const trip = await publishTrip()
  const [passenger, stranger] = [await signIn(), await signIn()]
  await book(trip, passenger)
  const alert = await raise(passenger, { rideId: trip.rideId, note: 'Help' })
  const link = await share(passenger, trip.rideId)
  for (const person of [stranger, trip.driver]) {
    const { token } = person
    expect(await call('GET', `/api/v1/safety/sos/${alert.id}`, { token })).toMatchObject(notThere)
    expect(await resolveOwn(person, alert)).toMatchObject(notThere)
    const where = { lat: 12, lng: 77 }
    expect(await call('PUT', `/api/v1/safety/sos/${alert.id}/position`, { token, body: where })).toMatchObject(
      notThere,
    )
    expect((await call('GET', '/api/v1/safety/sos', { token })).body).toMatchObject({ items: [] })
    for (const path of ['', `/${alert.id}`])
      expect((await call('GET', `/api/v1/admin/sos${path}`, { token })).status).toBe(403)
    for (const action of ['acknowledge', 'resolve'] as const)
      expect((await handle(person, alert, action)).status).toBe(403)
    const links = `/api/v1/rides/${trip.rideId}/share`
    expect((await call('GET', links, { token })).body).toMatchObject({ items: [] })
    expect(await call('DELETE', `${links}/${link.id}`, { token })).toMatchObject(notThere)
    expect((await call('GET', '/api/v1/admin/messages/flagged', { token })).status).toBe(403)
    // What its driver sees of the ride says nothing of it.
    expect(JSON.stringify((await call('GET', `/api/v1/rides/${trip.rideId}`, { token })).body)).not.toContain(
      alert.id,
    )
  }
  await resolveOwn(passenger, alert)
})

test('a review that waits is not there for anybody but its author, also not to be reported or answered', async () => {
  const { booking, driver, passenger } = await completeJourney()
  const stranger = await signIn()
  const waiting = await review(passenger, booking, 1)
  expect(await reviewsOf(stranger, booking)).toMatchObject(notThere)
  for (const person of [driver, stranger]) {
    const { token } = person
    expect(await getReview(person, waiting.id)).toMatchObject(notThere)
    const report = { subjectKind: 'review', subjectId: waiting.id, reason: 'other' }
    expect(await call('POST', '/api/v1/reports', { token, body: report })).toMatchObject(notThere)
    expect(
      await call('POST', `/api/v1/reviews/${waiting.id}/reply`, { token, body: { text: 'No' } }),
    ).toMatchObject(notThere)
    const again = { stars: 5, tags: [], text: 'Great' }
    expect(await call('PUT', `/api/v1/reviews/${waiting.id}`, { token, body: again })).toMatchObject(notThere)
    expect((await call('GET', `/api/v1/users/${driver.id}/reviews`, { token })).body).toMatchObject({
      items: [],
    })
    expect((await call('GET', '/api/v1/auth/account/export', { token })).body).toMatchObject({
      reviewsReceived: [],
    })
  }
})
