import { expect, test } from 'vitest'
import { z } from 'zod'
import { call, expectBody, fieldRefusal, refusal } from './client/api.ts'
import {
  approve,
  type Document,
  handIn,
  inDays,
  insurance,
  licence,
  registration,
  reject,
  submit,
  submitValid,
  withdraw,
} from './client/documents.ts'
import { readJournal } from './client/inbox.ts'
import { type Person, signIn, signInDriver } from './client/people.ts'
import { signInStaff, theAdministrator, theReviewer } from './client/staff.ts'
import { addVehicle } from './client/trips.ts'

const List = z.object({
  items: z.array(z.looseObject({ id: z.string(), state: z.string() })),
  nextCursor: z.string().nullable(),
})
const Events = z.object({ items: z.array(z.looseObject({ action: z.string(), actorId: z.string() })) })

const inspect = ({ token }: Person, { id }: Document) => call('GET', `/api/v1/admin/documents/${id}`, { token })
const standingOf = async ({ token }: Person): Promise<unknown> => {
  const { body } = await call('GET', '/api/v1/driver/documents', { token })
  return Object(body).driver.documents[0]
}

/** What is on record about a document, the oldest first. */
async function auditOf({ id }: Document) {
  const { token } = await theAdministrator()
  const reply = await call('GET', `/api/v1/admin/audit-events?subject=${id}`, { token })
  return expectBody(reply, 200, Events).items.toReversed()
}

test('a reviewer sees a document in full, and that is on record', async () => {
  const driver = await signInDriver('Asha')
  const vehicle = await addVehicle(driver)
  const document = await submit(driver, registration(vehicle))
  const reviewer = await signInStaff('reviewer')
  expect(await inspect(reviewer, document)).toMatchObject({
    status: 200,
    body: {
      ...{ number: vehicle.plate, state: 'pending', kind: 'registration', reviewedBy: null },
      driver: { id: driver.id, name: 'Asha' },
      vehicle: { plate: vehicle.plate, make: 'Maruti Suzuki', model: 'Dzire', year: 2022 },
      file: { url: expect.stringContaining('signature=') },
    },
  })
  expect(await auditOf(document)).toMatchObject([
    {
      action: 'document.view',
      actorId: reviewer.id,
      details: { kind: 'registration', driverId: driver.id },
    },
  ])
  // Neither number nor phone, in the list and on record.
  expect(JSON.stringify(await auditOf(document))).not.toContain(vehicle.plate)
})

test('an approved document is valid, with the day that the reviewer read', async () => {
  const [driver, reviewer] = await Promise.all([signInDriver(), theReviewer()])
  const document = await submit(driver, licence())
  const expiresOn = inDays(400)
  expect(await approve(reviewer, document, { expiresOn })).toMatchObject({
    status: 200,
    body: { id: document.id, state: 'valid', expiresOn },
  })
  expect(await standingOf(driver)).toMatchObject({ state: 'valid', document: { expiresOn }, renewal: null })
  expect(await auditOf(document)).toMatchObject([{ action: 'document.approve', actorId: reviewer.id }])
})

test('a rejected document says why, to its driver by SMS too, and another can be handed in', async () => {
  const [driver, reviewer] = await Promise.all([signInDriver(), theReviewer()])
  const document = await submit(driver, licence())
  const reason = 'The photo is blurred'
  expect(await reject(reviewer, document, reason)).toMatchObject({
    status: 200,
    body: { state: 'rejected', reason },
  })
  expect(await standingOf(driver)).toMatchObject({ state: 'rejected', document: { reason } })
  expect(await auditOf(document)).toMatchObject([{ action: 'document.reject', details: { reason } }])
  await expect
    .poll(async () => JSON.stringify(await readJournal('sms', driver.phone)), { timeout: 5000 })
    .toContain(reason)
  expect((await handIn(driver, licence())).status).toBe(201)
})

test('a renewal leaves the old one valid until it is approved, and then takes its place', async () => {
  const [driver, reviewer] = await Promise.all([signInDriver(), theReviewer()])
  const first = await submitValid(driver, licence())
  const refused = await submit(driver, licence())
  await reject(reviewer, refused)
  expect(await standingOf(driver)).toMatchObject({
    ...{ state: 'valid', document: { id: first.id }, renewal: { id: refused.id, state: 'rejected' } },
  })
  const second = await submit(driver, licence())
  expect(await standingOf(driver)).toMatchObject({
    ...{ state: 'valid', document: { id: first.id }, renewal: { id: second.id, state: 'pending' } },
  })
  await approve(reviewer, second)
  expect(await standingOf(driver)).toMatchObject({
    state: 'valid',
    document: { id: second.id },
    renewal: null,
  })
  expect(await inspect(reviewer, first)).toMatchObject({ body: { state: 'replaced' } })
})

test('what waits is listed, the oldest first, in pages, without names and numbers', async () => {
  const [driver, reviewer] = await Promise.all([signInDriver('Zubeida'), theReviewer()])
  const vehicle = await addVehicle(driver)
  const made = [await submit(driver, licence({ number: 'KA01 2015 7654321' }))]
  made.push(await submit(driver, registration(vehicle)), await submit(driver, insurance(vehicle)))
  const ids: string[] = []
  let cursor: string | null = null
  do {
    const query = new URLSearchParams({ limit: '2', ...(cursor !== null && { cursor }) })
    const reply = await call('GET', `/api/v1/admin/documents?${query}`, { token: reviewer.token })
    for (const secret of ['Zubeida', '7654321', vehicle.plate, driver.phone])
      expect(JSON.stringify(reply.body)).not.toContain(secret)
    const page = expectBody(reply, 200, List)
    for (const { state } of page.items) expect(state).toBe('pending')
    ids.push(...page.items.map(({ id }) => id))
    cursor = page.nextCursor
  } while (cursor !== null)
  expect(ids.filter((id) => made.some((document) => document.id === id))).toEqual(made.map(({ id }) => id))
  expect(ids).toEqual(ids.toSorted())
  expect(new Set(ids).size).toBe(ids.length)
})

test.each(['reviewer', 'administrator'] as const)('a %s may review', async (role) => {
  const [driver, staff] = await Promise.all([signInDriver(), signInStaff(role)])
  expect((await approve(staff, await submit(driver, licence()))).status).toBe(200)
})

test('nobody else may: drivers, operators, finance, and who was a reviewer', async () => {
  const driver = await signInDriver()
  const document = await submit(driver, licence())
  const former = await signInStaff('reviewer')
  expect((await inspect(former, document)).status).toBe(200)
  const { token } = await theAdministrator()
  await call('DELETE', `/api/v1/admin/staff/${former.id}/reviewer`, { token })
  const others = [driver, await signIn(), await signInStaff('operator'), await signInStaff('finance'), former]
  const forbidden = refusal(403, 'forbidden')
  for (const other of others) {
    const list = await call('GET', '/api/v1/admin/documents', { token: other.token })
    expect(list).toMatchObject(forbidden)
    expect(await inspect(other, document)).toMatchObject(forbidden)
    expect(await approve(other, document)).toMatchObject(forbidden)
    expect(await reject(other, document)).toMatchObject(forbidden)
  }
  expect(await standingOf(driver)).toMatchObject({ state: 'pending' })
})

test('nobody reviews their own document', async () => {
  const reviewer = await signInStaff('reviewer')
  await call('PUT', '/api/v1/driver/profile', { token: reviewer.token, body: { name: 'Rekha' } })
  const document = await submit(reviewer, licence())
  expect(await approve(reviewer, document)).toMatchObject(refusal(409, 'own_account'))
  expect(await reject(reviewer, document)).toMatchObject(refusal(409, 'own_account'))
  expect(await standingOf(reviewer)).toMatchObject({ state: 'pending' })
})

test('what is decided stays decided, what is not there is not there', async () => {
  const [driver, reviewer] = await Promise.all([signInDriver(), theReviewer()])
  const [valid, rejected] = [await submitValid(driver, licence()), await submit(driver, licence())]
  await reject(reviewer, rejected)
  for (const document of [valid, rejected])
    for (const review of [approve, reject])
      expect(await review(reviewer, document)).toMatchObject(refusal(409, 'document_not_pending'))
  const withdrawn = await submit(driver, licence())
  await withdraw(driver, withdrawn)
  for (const document of [withdrawn, { id: crypto.randomUUID(), state: 'pending' }]) {
    for (const review of [approve, reject])
      expect(await review(reviewer, document)).toMatchObject(refusal(404, 'not_found'))
    expect(await inspect(reviewer, document)).toMatchObject(refusal(404, 'not_found'))
  }
})

test('a day that is over, a reason that is none and an unknown field are refused', async () => {
  const [driver, reviewer] = await Promise.all([signInDriver(), theReviewer()])
  const document = await submit(driver, licence())
  expect(await approve(reviewer, document, { expiresOn: inDays(-1) })).toMatchObject(
    fieldRefusal('expiresOn', 'document_expired'),
  )
  expect(await approve(reviewer, document, { expiresAt: inDays(9) })).toMatchObject(fieldRefusal('expiresAt'))
  expect(await reject(reviewer, document, ' ')).toMatchObject(fieldRefusal('reason'))
  expect(await reject(reviewer, document, 'x'.repeat(301))).toMatchObject(fieldRefusal('reason'))
  expect(await standingOf(driver)).toMatchObject({ state: 'pending' })
})

test('of reviewers at once exactly one decides, and one decision is on record', async () => {
  const reviewers = await Promise.all([1, 2, 3].map(() => signInStaff('reviewer')))
  for (let round = 0; round < 3; round++) {
    const driver = await signInDriver()
    await submitValid(driver, licence())
    const document = await submit(driver, licence())
    const replies = await Promise.all(
      reviewers.map((reviewer, n) => (n === 1 ? reject(reviewer, document) : approve(reviewer, document))),
    )
    expect(replies.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409, 409])
    for (const reply of replies)
      if (reply.status === 409) expect(reply).toMatchObject(refusal(409, 'document_not_pending'))
    expect(await auditOf(document)).toHaveLength(1)
    expect(await standingOf(driver)).toMatchObject({ state: 'valid' })
  }
})

test('approved and withdrawn at once: it ends in one of the two ways', async () => {
  for (let round = 0; round < 3; round++) {
    const [driver, reviewer] = await Promise.all([signInDriver(), theReviewer()])
    const document = await submit(driver, licence())
    const [approved, withdrawn] = await Promise.all([approve(reviewer, document), withdraw(driver, document)])
    expect(withdrawn.status).toBe(204)
    expect([200, 404]).toContain(approved.status)
    expect(await standingOf(driver)).toMatchObject({ state: 'none' })
  }
})
