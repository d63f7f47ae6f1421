import { expect, test } from 'vitest'
import { GOOGLE_QUESTIONS_A_DAY, mayAskGoogle } from '../../workers/places/allowance.ts'
import { openApp } from './open-app.ts'
import { newPerson } from './open-world.ts'

const OF_GOOGLE = '/places/details/ChIJbU60yXAWrjsR4E9-UejD3_g'
const OF_GAZETTEER = '/places/details/gn.1262321'
const DAY_SECONDS = 24 * 3600

const { db, redis, ask } = await openApp()

test('who has asked Google enough for today is told until when, and still gets what is known here', async () => {
  const userId = await newPerson(db, new Date())
  expect((await ask(userId, 'GET', OF_GOOGLE)).body).toMatchObject({ code: 'not_found' })
  const asker = { actor: { userId }, redis, now: Date.now() }
  await Promise.all(Array.from({ length: GOOGLE_QUESTIONS_A_DAY }, () => mayAskGoogle(asker)))
  const { reply, body } = await ask(userId, 'GET', OF_GOOGLE)
  expect(body).toMatchObject({ status: 429, code: 'rate_limited', detail: 'Enough for today' })
  expect(Number(reply.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(Number(reply.headers.get('retry-after'))).toBeLessThanOrEqual(DAY_SECONDS)
  expect((await ask(userId, 'GET', OF_GAZETTEER)).body).toMatchObject({ name: 'Mysore' })
})
