import { expect, test } from 'vitest'
import { call, fieldRefusal, refusal } from './client/api.ts'
import { chatOf, remove, say } from './client/chat.ts'
import { type Person, signIn } from './client/people.ts'
import { signInStaff } from './client/staff.ts'
import { publishTrip } from './client/trips.ts'

const flagged = '/api/v1/admin/messages/flagged'
const list = ({ token }: Person, query: string) => call('GET', `${flagged}?${query}`, { token })
const handle = ({ token }: Person, id: string, body: object = { note: 'Warned the sender' }) =>
  call('POST', `${flagged}/${id}/handle`, { token, body })

/** Somebody asks a driver and writes their number. */
async function writeNumber(asker: Person) {
  const trip = await publishTrip()
  const conversationId = await chatOf(trip, asker, trip.driver)
  const message = await say(asker, conversationId, 'call 9876543210')
  const plain = await say(asker, conversationId, 'I have one bag')
  return { message, plain }
}

test('who deals with a flag is on record, and the message leaves the open ones', async () => {
  const [asker, operator, other] = [
    await signIn(),
    await signInStaff('operator'),
    await signInStaff('operator'),
  ]
  const { message } = await writeNumber(asker)
  expect(await list(operator, `senderId=${asker.id}`)).toMatchObject({
    body: { items: [{ id: message.id, handledAt: null, handledBy: null }] },
  })
  const handled = await handle(operator, message.id)
  expect(handled).toMatchObject({ status: 200, body: { id: message.id, handledBy: operator.id } })
  expect(await handle(other, message.id)).toEqual({ ...handled, headers: expect.anything() })
  expect(await list(operator, `senderId=${asker.id}`)).toMatchObject({ body: { items: [] } })
  expect(await list(operator, `senderId=${asker.id}&handled=true`)).toMatchObject({
    body: { items: [{ id: message.id, flag: 'contact', handledBy: operator.id }] },
  })
  const { token } = await signInStaff('administrator')
  const events = await call('GET', `/api/v1/admin/audit-events?subject=${message.id}`, { token })
  expect(events.body).toMatchObject({
    items: [
      {
        action: 'message.handle',
        actorId: operator.id,
        details: { flag: 'contact', note: 'Warned the sender' },
      },
    ],
  })
})

test('what has no flag, is gone or is one’s own is not dealt with', async () => {
  const operator = await signInStaff('operator')
  const { message, plain } = await writeNumber(operator)
  expect(await handle(operator, message.id)).toMatchObject(refusal(409, 'own_account'))
  const other = await signInStaff('operator')
  expect(await handle(other, plain.id)).toMatchObject(refusal(404, 'not_found'))
  expect(await handle(other, crypto.randomUUID())).toMatchObject(refusal(404, 'not_found'))
  expect(await handle(other, message.id, {})).toMatchObject(fieldRefusal('note'))
  await remove(operator, message.id)
  expect(await handle(other, message.id)).toMatchObject(refusal(404, 'not_found'))
  expect(await list(other, 'handled=perhaps')).toMatchObject(fieldRefusal('handled'))
})

test('nobody but operators sees or touches it', async () => {
  const asker = await signIn()
  const { message } = await writeNumber(asker)
  for (const person of [asker, await signIn(), await signInStaff('reviewer'), await signInStaff('finance')])
    expect(await handle(person, message.id)).toMatchObject(refusal(403, 'forbidden'))
  expect(await call('POST', `${flagged}/${message.id}/handle`, { body: { note: 'x' } })).toMatchObject(
    refusal(401, 'unauthenticated'),
  )
})
