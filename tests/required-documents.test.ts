import { afterAll, expect, test } from 'vitest'
import { z } from 'zod'
import { call, expectBody, fieldRefusal, refusal } from './client/api.ts'
import {
  approve,
  insurance,
  licence,
  readyToDrive,
  registration,
  reject,
  submit,
  submitValid,
  withdraw,
} from './client/documents.ts'
import { type Person, signInDriver } from './client/people.ts'
import { signInStaff, theAdministrator, theReviewer } from './client/staff.ts'
import { addVehicle, inMinutes, newRoute, publish, registerVehicle } from './client/trips.ts'

const PATH = '/api/v1/admin/document-requirements'
const Problem = z.object({ errors: z.array(z.object({ path: z.string(), message: z.string() })) })

/** A region of this file alone: what is asked for there disturbs no other test. */
const REGION = 'IN-NL'
const plateThere = () =>
  `NL01${String.fromCharCode(65 + Math.floor(Math.random() * 26))}X${1000 + Math.floor(Math.random() * 9000)}`
const rule = (more: object = {}) => ({
  ...{ region: REGION, vehicleKind: '*', kind: 'identity', mandatory: true, expires: false, numbered: true },
  ...more,
})
const identity = { kind: 'identity', number: 'ABCPE1234F' }

async function save(row: object, person?: Person) {
  const { token } = person ?? (await theAdministrator())
  return call('PUT', PATH, { token, body: row })
}

async function remove(row: { region: string; vehicleKind: string; kind: string }, person?: Person) {
  const { token } = person ?? (await theAdministrator())
  const { region, vehicleKind, kind } = row
  return call('DELETE', `${PATH}?${new URLSearchParams({ region, vehicleKind, kind })}`, { token })
}

afterAll(async () => {
  await remove(rule())
})

/** What is missing for a route with this vehicle, as a publication is refused with it. */
async function missing(driver: Person, vehicleId: string) {
  const reply = await publish(driver, newRoute(vehicleId))
  expect(reply).toMatchObject(refusal(403, 'documents_required'))
  return expectBody(reply, 403, Problem).errors.map(({ path, message }) => [path, message])
}

test('a route needs every mandatory document valid; each that is missing is named with its state', async () => {
  const [driver, reviewer] = await Promise.all([signInDriver(), theReviewer()])
  const vehicle = await addVehicle(driver)
  expect(await missing(driver, vehicle.id)).toEqual([
    ['driving_licence', 'none'],
    ['registration', 'none'],
    ['insurance', 'none'],
  ])
  const [own, ofCar] = [await submit(driver, licence()), await submit(driver, registration(vehicle))]
  await reject(reviewer, ofCar)
  await submitValid(driver, insurance(vehicle))
  expect(await missing(driver, vehicle.id)).toEqual([
    ['driving_licence', 'pending'],
    ['registration', 'rejected'],
  ])
  await approve(reviewer, own)
  await submitValid(driver, registration(vehicle))
  expect((await publish(driver, newRoute(vehicle.id))).status).toBe(201)
  expect(await call('GET', '/api/v1/driver/documents', { token: driver.token })).toMatchObject({
    body: { enabled: true, driver: { enabled: true }, vehicles: [{ enabled: true }] },
  })
})

test('the papers of one vehicle do not do for another', async () => {
  const driver = await signInDriver()
  await registerVehicle(driver)
  const other = await addVehicle(driver)
  expect(await missing(driver, other.id)).toEqual([
    ['registration', 'none'],
    ['insurance', 'none'],
  ])
})

test('what is published with and deleted at once: the ride, or the refusal, never a ride without papers', async () => {
  for (let round = 0; round < 4; round++) {
    const driver = await signInDriver()
    const vehicle = await addVehicle(driver)
    const own = await submitValid(driver, licence())
    await Promise.all([registration, insurance].map((paper) => submitValid(driver, paper(vehicle))))
    const [published, withdrawn] = await Promise.all([
      publish(driver, newRoute(vehicle.id, { departsAt: inMinutes(60) })),
      withdraw(driver, own),
    ])
    if (withdrawn.status === 204) expect([403, 409]).toContain(published.status)
    else expect([withdrawn.status, published.status]).toEqual([409, 201])
  }
})

test('published with while a renewal is approved: it is, or may be tried again', async () => {
  const [driver, reviewer] = await Promise.all([signInDriver(), theReviewer()])
  const vehicleId = await registerVehicle(driver)
  const renewal = await submit(driver, licence())
  const [published, approved] = await Promise.all([
    publish(driver, newRoute(vehicleId)),
    approve(reviewer, renewal),
  ])
  expect(approved.status).toBe(200)
  if (published.status !== 201) expect(published).toMatchObject(refusal(409, 'concurrent_change'))
})

test('a state asks for more than the country, of its own vehicles, from now on', async () => {
  const driver = await signInDriver()
  const there = await addVehicle(driver, { plate: plateThere() })
  const elsewhere = await addVehicle(driver)
  for (const vehicle of [there, elsewhere]) await readyToDrive(driver, vehicle)
  expect((await publish(driver, newRoute(there.id, { departsAt: inMinutes(300) }))).status).toBe(201)

  expect(await save(rule())).toMatchObject({ status: 200, body: rule() })
  expect(await missing(driver, there.id)).toEqual([['identity', 'none']])
  expect((await publish(driver, newRoute(elsewhere.id, { departsAt: inMinutes(900) }))).status).toBe(201)
  expect(await call('GET', '/api/v1/driver/documents', { token: driver.token })).toMatchObject({
    body: {
      ...{ enabled: true },
      driver: { enabled: false, documents: [{}, { kind: 'identity', mandatory: true }] },
      vehicles: [
        { id: elsewhere.id, enabled: true },
        { id: there.id, enabled: false },
      ],
    },
  })
  await submitValid(driver, identity)
  expect((await publish(driver, newRoute(there.id, { departsAt: inMinutes(1500) }))).status).toBe(201)

  expect((await remove(rule())).status).toBe(204)
  expect(await remove(rule())).toMatchObject(refusal(404, 'not_found'))
})

test('the configuration is listed, saved and deleted by administrators only, and that is on record', async () => {
  const { token, id: actor } = await theAdministrator()
  const row = rule({ vehicleKind: 'van', kind: 'permit' })
  await save(row)
  await save({ ...row, mandatory: false })
  const list = await call('GET', PATH, { token })
  expect(Object(list.body).items).toContainEqual({ ...row, mandatory: false })
  expect(Object(list.body).items).not.toContainEqual(row)
  for (const person of [await signInDriver(), await signInStaff('reviewer'), await signInStaff('operator')]) {
    expect(await call('GET', PATH, { token: person.token })).toMatchObject(refusal(403, 'forbidden'))
    expect(await save(row, person)).toMatchObject(refusal(403, 'forbidden'))
    expect(await remove(row, person)).toMatchObject(refusal(403, 'forbidden'))
  }
  expect((await remove(row)).status).toBe(204)
  const audit = await call('GET', `/api/v1/admin/audit-events?actor=${actor}&limit=20`, { token })
  const details = { region: REGION, vehicle_kind: 'van', kind: 'permit' }
  const events: { details: { kind?: string } }[] = Object(audit.body).items
  expect(events.filter((event) => event.details.kind === 'permit')).toMatchObject([
    { action: 'document_requirement.delete', subject: null, details },
    { action: 'document_requirement.save', details: { ...details, mandatory: false } },
    { action: 'document_requirement.save', details: { ...details, mandatory: true } },
  ])
})

test.each([
  ['region', { region: 'KA' }],
  ['region', { region: 'IN-KAR' }],
  ['vehicleKind', { vehicleKind: 'spaceship' }],
  ['kind', { kind: 'passport' }],
  ['mandatory', { mandatory: 'yes' }],
  ['optional', { optional: true }],
])('a wrong %s is refused (case %#)', async (field, change) => {
  expect(await save(rule(change))).toMatchObject(fieldRefusal(field))
})
