import { expect, test } from 'vitest'
import { z } from 'zod'
import { call, expectBody, fieldRefusal, refusal } from './client/api.ts'
import {
  handIn,
  inDays,
  insurance,
  licence,
  registration,
  submit,
  submitValid,
  TINY_PDF,
  withdraw,
} from './client/documents.ts'
import { type Person, signIn, signInDriver } from './client/people.ts'
import { sendLarge } from './client/send-large.ts'
import { addVehicle, moveRide, publishTrip } from './client/trips.ts'

const PATH = '/api/v1/driver/documents'
const Links = z.object({ file: z.object({ url: z.string(), filename: z.string() }) })
const StoredFile = z.object({ id: z.string() })

const read = ({ token }: Person) => call('GET', PATH, { token })

/** Uploads a file without handing it in. */
async function upload({ token }: Person, to: 'driver' | 'vehicle' = 'driver'): Promise<string> {
  const form = new FormData()
  form.append('file', new Blob([TINY_PDF]), 'scan.pdf')
  const reply = await call('POST', `/api/v1/storage/upload/${to}-document`, { token, form })
  return expectBody(reply, 201, StoredFile).id
}

test('a driver sees what is asked for, of themselves and of each vehicle', async () => {
  const driver = await signInDriver()
  const asked = (kind: string, mandatory: boolean, expires = true) => ({
    ...{ kind, mandatory, expires, numbered: true, state: 'none', document: null, renewal: null },
  })
  const own = {
    enabled: false,
    documents: [asked('driving_licence', true), asked('identity', false, false)],
  }
  expect(await read(driver)).toMatchObject({
    status: 200,
    body: { enabled: false, driver: own, vehicles: [] },
  })
  const { id, plate } = await addVehicle(driver)
  const documents = [
    asked('registration', true),
    asked('insurance', true),
    asked('permit', false),
    asked('pollution_certificate', false),
  ]
  expect(await read(driver)).toMatchObject({
    body: { enabled: false, driver: own, vehicles: [{ id, plate, enabled: false, documents }] },
  })
})

test('what is handed in waits, shows no more of its number than four digits, and can be downloaded', async () => {
  const driver = await signInDriver()
  const document = await submit(driver, licence({ number: 'KA01 2015 0012345' }))
  expect(document).toMatchObject({
    ...{ kind: 'driving_licence', vehicleId: null, state: 'pending', number: '•••• 2345' },
    ...{ expiresOn: inDays(900), reason: null, reviewedAt: null },
  })
  const reply = await read(driver)
  expect(JSON.stringify(reply.body)).not.toContain('0012345')
  expect(reply).toMatchObject({
    body: { driver: { documents: [{ state: 'pending', document: { id: document.id }, renewal: null }, {}] } },
  })
  const { file } = Links.parse(document)
  const downloaded = await call('GET', file.url)
  expect(downloaded).toMatchObject({ status: 200, body: TINY_PDF })
})

test('the papers of one vehicle are not those of another', async () => {
  const driver = await signInDriver()
  const [first, second] = [await addVehicle(driver), await addVehicle(driver)]
  await submit(driver, registration(first))
  await submit(driver, insurance(second))
  const of = (id: string, states: string[]) => ({ id, documents: states.map((state) => ({ state })) })
  expect(await read(driver)).toMatchObject({
    body: {
      vehicles: [
        of(second.id, ['none', 'pending', 'none', 'none']),
        of(first.id, ['pending', 'none', 'none', 'none']),
      ],
    },
  })
})

test('a file that was uploaded before is handed in, once', async () => {
  const driver = await signInDriver()
  const fileId = await upload(driver)
  expect(await handIn(driver, licence({ fileId }), null)).toMatchObject({ status: 201 })
  const identity = { kind: 'identity', number: 'ABCPE1234F', fileId }
  expect(await handIn(driver, identity, null)).toMatchObject(refusal(422, 'file_not_usable'))
})

test("nobody hands in another's file, one for another purpose, one that is gone or none", async () => {
  const [driver, stranger] = [await signInDriver(), await signInDriver()]
  const gone = await upload(driver)
  const deleted = await call('DELETE', `/api/v1/storage/delete/${gone}-document`, { token: driver.token })
  expect(deleted.status).toBe(204)
  const ids = [await upload(stranger), await upload(driver, 'vehicle'), gone, crypto.randomUUID()]
  for (const fileId of ids)
    expect(await handIn(driver, licence({ fileId }), null)).toMatchObject(refusal(422, 'file_not_usable'))
  expect(await handIn(driver, licence(), null)).toMatchObject(fieldRefusal('file'))
  expect(await handIn(driver, licence({ fileId: await upload(driver) }))).toMatchObject(fieldRefusal('file'))
  expect(await read(driver)).toMatchObject({ body: { driver: { documents: [{ state: 'none' }, {}] } } })
})

test.each([
  ['kind', { kind: 'passport' }, 'invalid_fields'],
  ['vehicleId', { vehicleId: crypto.randomUUID() }, 'invalid_fields'],
  ['vehicleId', { kind: 'insurance' }, 'invalid_fields'],
  ['vehicleId', { kind: 'insurance', vehicleId: 'mine' }, 'invalid_fields'],
  ['vehicleId', { kind: 'insurance', vehicleId: crypto.randomUUID() }, 'vehicle_required'],
  ['number', { number: undefined }, 'invalid_fields'],
  ['number', { number: ' ' }, 'invalid_fields'],
  ['number', { number: 'KA01 1815 0012345' }, 'document_number_invalid'],
  ['number', { kind: 'identity', number: '2341 2341 2347' }, 'document_number_invalid'],
  ['expiresOn', { expiresOn: undefined }, 'invalid_fields'],
  ['expiresOn', { expiresOn: '2027-02-30' }, 'invalid_fields'],
  ['expiresOn', { expiresOn: '9999-12-31' }, 'invalid_fields'],
  ['expiresOn', { expiresOn: inDays(-1) }, 'document_expired'],
  ['nummer', { nummer: 'misspelt' }, 'invalid_fields'],
])('a wrong %s is refused (case %#)', async (field, change, code) => {
  const driver = await signInDriver()
  expect(await handIn(driver, licence(change))).toMatchObject(fieldRefusal(field, code))
  expect(await read(driver)).toMatchObject({ body: { driver: { documents: [{ state: 'none' }, {}] } } })
})

test('the number of a registration is the plate of its vehicle', async () => {
  const driver = await signInDriver()
  const vehicle = await addVehicle(driver)
  expect(await handIn(driver, registration(vehicle, { number: 'KA01AB1234' }))).toMatchObject(
    fieldRefusal('number', 'document_number_invalid'),
  )
})

test('a document is good on its last day', async () => {
  const driver = await signInDriver()
  expect((await handIn(driver, licence({ expiresOn: inDays(0) }))).status).toBe(201)
})

test.each([
  ['file_empty', 422, ''],
  ['file_type_not_supported', 415, 'MZ this is a program'],
  ['file_not_clean', 422, TINY_PDF.replace('/Type /Catalog', '/Type /Catalog /JavaScript 5 0 R')],
])('what is no document is refused as %s', async (code, status, content) => {
  const driver = await signInDriver()
  expect(await handIn(driver, licence(), content)).toMatchObject(refusal(status, code))
})

test('a form is wanted, and not one that is too large', async () => {
  const { token } = await signInDriver()
  const json = await call('POST', `${PATH}/upload`, { token, body: licence() })
  expect(json).toMatchObject(refusal(415, 'unsupported_media_type'))
  const options = { type: 'multipart/form-data; boundary=x', announced: true }
  const huge = await sendLarge(`${PATH}/upload`, token, Buffer.alloc(11 * 1024 * 1024), options)
  expect(huge).toMatchObject(refusal(413, 'body_too_large'))
})

test('one of a kind waits at a time, also of two sent at once', async () => {
  const driver = await signInDriver()
  const replies = await Promise.all([1, 2, 3].map(() => handIn(driver, licence())))
  expect(replies.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409, 409])
  expect(await handIn(driver, licence())).toMatchObject(refusal(409, 'document_waiting'))
  // Another kind does not wait for it.
  expect((await handIn(driver, { kind: 'identity', number: 'XYZ1234567' })).status).toBe(201)
})

test('one file handed in twice at once is handed in once', async () => {
  const driver = await signInDriver()
  const fileId = await upload(driver)
  const replies = await Promise.all([
    handIn(driver, licence({ fileId }), null),
    handIn(driver, { kind: 'identity', number: 'XYZ1234567', fileId }, null),
  ])
  expect(replies.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 422])
})

test('a repetition with its key hands nothing in twice', async () => {
  const driver = await signInDriver()
  const [fields, key] = [licence(), { 'idempotency-key': crypto.randomUUID() }]
  const first = await handIn(driver, fields, TINY_PDF, key)
  expect(await handIn(driver, fields, TINY_PDF, key)).toMatchObject({ status: 201, body: first.body })
  expect(await handIn(driver, fields, `${TINY_PDF}\n`, key)).toMatchObject(refusal(422, 'idempotency_mismatch'))
})

test("another driver's vehicle takes no papers, and their documents are not there", async () => {
  const [driver, stranger] = [await signInDriver(), await signInDriver()]
  const vehicle = await addVehicle(driver)
  expect(await handIn(stranger, insurance(vehicle))).toMatchObject(
    fieldRefusal('vehicleId', 'vehicle_required'),
  )
  const document = await submit(driver, insurance(vehicle))
  expect(await withdraw(stranger, document)).toMatchObject(refusal(404, 'not_found'))
  expect(await read(stranger)).toMatchObject({ body: { vehicles: [] } })
  expect(await read(driver)).toMatchObject({
    body: { vehicles: [{ documents: [{}, { state: 'pending' }, {}, {}] }] },
  })
})

test('a document that is deleted takes its file along', async () => {
  const driver = await signInDriver()
  const document = await submit(driver, licence())
  const { file } = Links.parse(document)
  const inUse = await call('DELETE', `/api/v1/storage/delete/${file.filename}`, { token: driver.token })
  expect(inUse).toMatchObject(refusal(409, 'file_in_use'))
  expect((await withdraw(driver, document)).status).toBe(204)
  expect(await call('GET', file.url)).toMatchObject(refusal(404, 'not_found'))
  expect(await withdraw(driver, document)).toMatchObject(refusal(404, 'not_found'))
  expect(await read(driver)).toMatchObject({ body: { driver: { documents: [{ state: 'none' }, {}] } } })
  // The place is free again.
  expect((await handIn(driver, licence())).status).toBe(201)
})

test('a valid document stays as long as a ride depends on it', async () => {
  const trip = await publishTrip()
  const { driver } = trip
  const Asked = z.object({ document: z.object({ id: z.string(), state: z.string() }).nullable() })
  const Papers = z.object({
    driver: z.object({ documents: z.array(Asked) }),
    vehicles: z.array(z.object({ documents: z.array(Asked) })),
  })
  const { driver: own, vehicles } = expectBody(await read(driver), 200, Papers)
  const papers = [...own.documents, ...vehicles.flatMap(({ documents }) => documents)].flatMap(
    ({ document }) => document ?? [],
  )
  expect(papers).toHaveLength(3)
  for (const paper of papers)
    expect(await withdraw(driver, paper)).toMatchObject(refusal(409, 'document_in_use'))
  // What waits, and what is of a vehicle that has no ride, is nobody's support.
  const renewal = await submit(driver, licence())
  expect((await withdraw(driver, renewal)).status).toBe(204)
  const other = await addVehicle(driver)
  expect((await withdraw(driver, await submitValid(driver, insurance(other)))).status).toBe(204)

  await moveRide(trip, 'cancel')
  for (const paper of papers) expect((await withdraw(driver, paper)).status).toBe(204)
})

test('who is no driver hands nothing in', async () => {
  const person = await signIn()
  expect(await handIn(person, licence())).toMatchObject(refusal(403, 'driver_profile_required'))
  expect(await read(person)).toMatchObject(refusal(403, 'driver_profile_required'))
  expect(await handIn({}, licence())).toMatchObject(refusal(401, 'unauthenticated'))
})
