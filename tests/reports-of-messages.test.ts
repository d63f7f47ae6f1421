import { expect, test } from 'vitest'
import { z } from 'zod'
import { call, expectBody, refusal } from './client/api.ts'
import { book } from './client/bookings.ts'
import { chatOf, readPage, say } from './client/chat.ts'
import { type Person, signIn } from './client/people.ts'
import { signInStaff } from './client/staff.ts'
import { publishTrip } from './client/trips.ts'

const Report = z.looseObject({ id: z.string() })
const send = ({ token }: Person, subjectId: string) =>
  call('POST', '/api/v1/reports', { token, body: { subjectKind: 'message', subjectId, reason: 'harassment' } })

test('a message that was rightly reported is empty for all, and keeps its place', async () => {
  const trip = await publishTrip()
  const [passenger, stranger, operator] = [await signIn(), await signIn(), await signInStaff('operator')]
  await book(trip, passenger)
  const conversation = await chatOf(trip, passenger, trip.driver)
  const bad = await say(trip.driver, conversation, 'An insult')
  await say(passenger, conversation, 'Enough')
  expect(await send(stranger, bad.id)).toMatchObject(refusal(404, 'not_found'))
  expect(await send(trip.driver, bad.id)).toMatchObject(refusal(409, 'report_of_own'))
  const { id } = expectBody(await send(passenger, bad.id), 201, Report)
  const path = `/api/v1/admin/reports/${id}`
  expect(await call('GET', path, { token: operator.token })).toMatchObject({
    body: { content: 'An insult', ownerId: trip.driver.id },
  })
  const verdict = { token: operator.token, body: { outcome: 'Against the rules' } }
  expect((await call('POST', `${path}/uphold`, verdict)).status).toBe(200)
  for (const person of [passenger, trip.driver]) {
    const { items } = await readPage(person, conversation)
    expect(items).toMatchObject([
      { seq: 2, body: 'Enough' },
      { seq: 1, id: bad.id, body: null, deletedAt: expect.any(String) },
    ])
  }
  expect(await send(passenger, bad.id)).toMatchObject(refusal(404, 'not_found'))
})
