import { expect, test } from 'vitest'
import { call, expectBody, refusal } from './client/api.ts'
import { signIn, signInDriver } from './client/people.ts'
import { completeJourney, getReview, Review, ratingsOf, review, said, sendReview } from './client/reviews.ts'
import { signInStaff } from './client/staff.ts'

const ROUNDS = 4
const FLIPS = 20

test('both sides at once: both can be read, and each counts once', async () => {
  const stranger = await signIn()
  for (let round = 0; round < ROUNDS; round++) {
    const { booking, driver, passenger } = await completeJourney()
    const replies = await Promise.all([
      sendReview(passenger, booking, said(5)),
      sendReview(driver, booking, said(3)),
    ])
    for (const reply of replies) {
      const { id } = expectBody(reply, 201, Review)
      expect(await getReview(stranger, id)).toMatchObject({ body: { state: 'published' } })
    }
    expect(await ratingsOf(driver, stranger)).toMatchObject({ driver: { average: 5, count: 1 } })
    expect(await ratingsOf(passenger, stranger)).toMatchObject({ passenger: { average: 3, count: 1 } })
  }
})

test('one side many times at once writes one review', async () => {
  const { booking, driver, passenger } = await completeJourney()
  await review(driver, booking, 4)
  const replies = await Promise.all(
    Array.from({ length: 8 }, (_, n) => sendReview(passenger, booking, said(1 + (n % 5)))),
  )
  expect(replies.filter(({ status }) => status === 201)).toHaveLength(1)
  for (const reply of replies.filter(({ status }) => status !== 201))
    expect(reply).toMatchObject(refusal(409, 'already_reviewed'))
  expect(await ratingsOf(driver, passenger)).toMatchObject({ driver: { count: 1 } })
})

test('two who rated each other both ways, all at once, count right and nobody waits for ever', async () => {
  const [a, b] = [await signInDriver('Asha'), await signInDriver('Binu')]
  const there = await completeJourney({ driver: a, passenger: b })
  const back = await completeJourney({ driver: b, passenger: a })
  const replies = await Promise.all(
    [there, back].flatMap(({ booking }) => [a, b].map((who) => sendReview(who, booking, said(4)))),
  )
  for (const { status } of replies) expect(status).toBe(201)
  const both = { driver: { average: 4, count: 1 }, passenger: { average: 4, count: 1 } }
  for (const who of [a, b]) expect(await ratingsOf(who, await signIn())).toEqual(both)
})

test('taken down and put back by many at once, it counts once or not at all', async () => {
  const { booking, driver, passenger } = await completeJourney()
  const mine = await review(passenger, booking, 5)
  await review(driver, booking, 3)
  const operators = await Promise.all([signInStaff('operator'), signInStaff('operator')])
  const moderate = (n: number, action: string) =>
    call('POST', `/api/v1/admin/reviews/${mine.id}/${action}`, {
      token: operators[n % 2]?.token,
      body: { reason: 'Looked at' },
    })
  for (const last of ['remove', 'restore']) {
    const flips = Array.from({ length: FLIPS }, (_, n) => moderate(n, n % 2 === 0 ? 'remove' : 'restore'))
    for (const { status } of await Promise.all(flips)) expect(status).toBe(204)
    expect((await moderate(0, last)).status).toBe(204)
    const down = last === 'remove'
    expect(await ratingsOf(driver, passenger)).toMatchObject({
      driver: down ? { average: null, count: 0 } : { average: 5, count: 1 },
    })
    expect((await getReview(driver, mine.id)).status).toBe(down ? 404 : 200)
    expect(await getReview(passenger, mine.id)).toMatchObject({
      body: { state: down ? 'removed' : 'published' },
    })
  }
})
