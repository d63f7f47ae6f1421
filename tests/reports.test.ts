import { expect, test } from 'vitest'
import { z } from 'zod'
import { call, expectBody, fieldRefusal, refusal } from './client/api.ts'
import { type Person, signIn, signInDriver } from './client/people.ts'
import { completeJourney, getReview, ratingsOf, review } from './client/reviews.ts'
import { signInStaff, theAdministrator } from './client/staff.ts'
import { publishTrip } from './client/trips.ts'

const Report = z.looseObject({ id: z.string(), state: z.string() })
const Queue = z.object({ items: z.array(Report), nextCursor: z.string().nullable() })

const send = ({ token }: Person, subjectKind: string, subjectId: string, more: object = {}) =>
  call('POST', '/api/v1/reports', { token, body: { subjectKind, subjectId, reason: 'harassment', ...more } })
const judge = ({ token }: Person, id: string, verdict: 'uphold' | 'dismiss', outcome = 'Looked at') =>
  call('POST', `/api/v1/admin/reports/${id}/${verdict}`, { token, body: { outcome } })
const inspect = ({ token }: Person, id: string) => call('GET', `/api/v1/admin/reports/${id}`, { token })
const mine = ({ token }: Person) => call('GET', '/api/v1/reports', { token })

/** Reports what must be accepted. */
const report = async (who: Person, kind: string, id: string, more: object = {}) =>
  expectBody(await send(who, kind, id, more), 201, Report)

/** The report in the queue of the operators, on whichever page. */
async function queued({ token }: Person, id: string, query: Record<string, string> = {}) {
  let cursor: string | null = null
  do {
    const search = new URLSearchParams({ limit: '100', ...query, ...(cursor !== null && { cursor }) })
    const reply = await call('GET', `/api/v1/admin/reports?${search}`, { token })
    const page: z.infer<typeof Queue> = expectBody(reply, 200, Queue)
    const found = page.items.find((item) => item.id === id)
    if (found) return found
    cursor = page.nextCursor
  } while (cursor !== null)
  return undefined
}

test('a person is reported, an operator handles it once, and the reporter sees that', async () => {
  const [reporter, bad, operator] = [await signIn(), await signInDriver('Asha'), await signInStaff('operator')]
  const details = 'He said:\n<script>alert(1)</script>'
  const { id, ...filed } = await report(reporter, 'user', bad.id, { details })
  expect(filed).toMatchObject({
    state: 'open',
    subjectKind: 'user',
    subjectId: bad.id,
    details,
    handledAt: null,
  })
  expect(await queued(operator, id)).toMatchObject({ reporterId: reporter.id, ownerId: bad.id, details })
  expect(await queued(operator, id, { subjectKind: 'ride' })).toBeUndefined()
  expect(await inspect(operator, id)).toMatchObject({
    status: 200,
    body: { id, content: null, reportsOfSubject: 1 },
  })

  const verdicts = await Promise.all([
    judge(operator, id, 'uphold', 'Warned'),
    judge(operator, id, 'dismiss', 'Nothing in it'),
  ])
  expect(verdicts.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409])
  expect(await judge(operator, id, 'uphold')).toMatchObject(refusal(409, 'report_handled'))
  const state = verdicts[0]?.status === 200 ? 'upheld' : 'dismissed'
  expect(await queued(operator, id)).toBeUndefined()
  expect(await queued(operator, id, { state })).toMatchObject({ handledBy: operator.id })
  const seen = await mine(reporter)
  expect(seen).toMatchObject({ body: { items: [{ id, state, handledAt: expect.any(String) }] } })
  // What the staff wrote down, and who of them, is not for the reporter.
  expect(JSON.stringify(seen.body)).not.toMatch(/Warned|Nothing in it|handledBy/)
  const { token } = await theAdministrator()
  expect(await call('GET', `/api/v1/admin/audit-events?subject=${id}`, { token })).toMatchObject({
    body: {
      items: [{ action: /upheld/.test(state) ? 'report.uphold' : 'report.dismiss' }, { action: 'report.view' }],
    },
  })
  // Handled, it can be reported again.
  expect((await send(reporter, 'user', bad.id)).status).toBe(201)
})

test('a report of a review that is right takes it down, and off the average', async () => {
  const { booking, driver, passenger } = await completeJourney()
  const bad = await review(passenger, booking, 1, { text: 'Hostile' })
  expect(await send(driver, 'review', bad.id)).toMatchObject(refusal(404, 'not_found'))
  await review(driver, booking, 5)
  const [operator, stranger] = [await signInStaff('operator'), await signIn()]
  const { id } = await report(driver, 'review', bad.id)
  const dismissed = await report(stranger, 'review', bad.id)
  expect(await inspect(operator, id)).toMatchObject({
    body: { ownerId: passenger.id, content: 'Hostile', reportsOfSubject: 2 },
  })
  expect((await judge(operator, dismissed.id, 'dismiss')).status).toBe(200)
  expect(await ratingsOf(driver, stranger)).toMatchObject({ driver: { average: 1, count: 1 } })
  expect((await judge(operator, id, 'uphold')).status).toBe(200)
  expect(await ratingsOf(driver, stranger)).toMatchObject({ driver: { average: null, count: 0 } })
  expect(await getReview(stranger, bad.id)).toMatchObject(refusal(404, 'not_found'))
  expect(await getReview(passenger, bad.id)).toMatchObject({ body: { state: 'removed' } })
  expect(await send(stranger, 'review', bad.id)).toMatchObject(refusal(404, 'not_found'))
})

test('it is refused twice, of what is one’s own, and of what one cannot see', async () => {
  const [trip, reporter] = [await publishTrip(), await signIn()]
  await report(reporter, 'ride', trip.rideId)
  expect(await send(reporter, 'ride', trip.rideId)).toMatchObject(refusal(409, 'already_reported'))
  const twins = await Promise.all([1, 2, 3].map(() => send(reporter, 'user', trip.driver.id)))
  expect(twins.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409, 409])
  expect(await send(reporter, 'user', reporter.id)).toMatchObject(refusal(409, 'report_of_own'))
  expect(await send(trip.driver, 'ride', trip.rideId)).toMatchObject(refusal(409, 'report_of_own'))
  for (const kind of ['user', 'ride', 'message', 'review'])
    expect(await send(reporter, kind, crypto.randomUUID()), kind).toMatchObject(refusal(404, 'not_found'))
  expect(await send(reporter, 'planet', trip.rideId)).toMatchObject(fieldRefusal('subjectKind'))
  expect(await send(reporter, 'ride', trip.rideId, { reason: 'boredom' })).toMatchObject(fieldRefusal('reason'))
  expect(await send(reporter, 'ride', trip.rideId, { details: '' })).toMatchObject(fieldRefusal('details'))
})

test('nobody else sees a report, and only operators handle one, but not one of their own', async () => {
  const [reporter, stranger, operator] = [await signIn(), await signInDriver(), await signInStaff('operator')]
  const { id } = await report(reporter, 'user', operator.id)
  expect(await mine(stranger)).toMatchObject({ body: { items: [] } })
  for (const other of [reporter, stranger, await signInStaff('reviewer')]) {
    expect(await inspect(other, id)).toMatchObject(refusal(403, 'forbidden'))
    expect(await judge(other, id, 'dismiss')).toMatchObject(refusal(403, 'forbidden'))
  }
  expect(await judge(operator, id, 'dismiss')).toMatchObject(refusal(409, 'own_account'))
  const own = await report(operator, 'user', stranger.id)
  expect(await judge(operator, own.id, 'uphold')).toMatchObject(refusal(409, 'own_account'))
  const second = await signInStaff('operator')
  expect(await judge(second, crypto.randomUUID(), 'uphold')).toMatchObject(refusal(404, 'not_found'))
  expect(await judge(second, id, 'uphold', '')).toMatchObject(fieldRefusal('outcome'))
  expect((await judge(second, id, 'dismiss')).status).toBe(200)
})

test('an operator takes a review down and puts it back, but none that they have to do with', async () => {
  const { booking, driver, passenger } = await completeJourney()
  const bad = await review(passenger, booking, 1)
  const operator = await signInStaff('operator')
  const moderate = ({ token }: Person, action: string, id = bad.id) =>
    call('POST', `/api/v1/admin/reviews/${id}/${action}`, { token, body: { reason: 'Abusive' } })
  // Taken down before anybody read it, it does not count when the other side writes, nor does it come back by itself.
  for (let n = 0; n < 2; n++) expect((await moderate(operator, 'remove')).status).toBe(204)
  await review(driver, booking, 5)
  expect(await ratingsOf(driver, operator)).toMatchObject({ driver: { count: 0 } })
  expect((await moderate(operator, 'restore')).status).toBe(204)
  expect(await ratingsOf(driver, operator)).toMatchObject({ driver: { average: 1, count: 1 } })
  expect(await moderate(operator, 'remove', crypto.randomUUID())).toMatchObject(refusal(404, 'not_found'))
  expect(await moderate(driver, 'remove')).toMatchObject(refusal(403, 'forbidden'))
  const { token } = await theAdministrator()
  await call('PUT', `/api/v1/admin/staff/${driver.id}/operator`, { token })
  expect(await moderate(driver, 'remove')).toMatchObject(refusal(409, 'own_account'))
  expect(await call('GET', `/api/v1/admin/audit-events?subject=${bad.id}`, { token })).toMatchObject({
    body: {
      items: [{ action: 'review.restore' }, { action: 'review.remove', details: { reason: 'Abusive' } }],
    },
  })
})
