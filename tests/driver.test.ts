import { expect, test } from 'vitest'
import { call, fieldRefusal, refusal } from './client/api.ts'
import { type Person, signIn, signInDriver } from './client/people.ts'
import { addVehicle, inMinutes, registerVehicle } from './client/trips.ts'

const profile = (driver: Person) => call('GET', '/api/v1/driver/profile', { token: driver.token })
const setOnline = (driver: Person, online: unknown) =>
  call('PUT', '/api/v1/driver/online-status', { token: driver.token, body: { online } })
const report = (driver: Person, body: unknown) =>
  call('PUT', '/api/v1/driver/location', { token: driver.token, body })

const secondsAgo = (seconds: number) => inMinutes(-seconds / 60)
const DEGREES_PER_METRE = 1 / 111_195
const bengaluru = { lat: 12.9716, lng: 77.5946 }
/** A fix so many metres north of the middle of Bengaluru. */
const fixAt = (metres: number, more: object = {}) => ({
  ...{ lat: bengaluru.lat + metres * DEGREES_PER_METRE, lng: bengaluru.lng, accuracy: 5, at: secondsAgo(0) },
  ...more,
})

async function onlineDriver(): Promise<Person> {
  const driver = await signInDriver()
  await registerVehicle(driver)
  expect(await setOnline(driver, true)).toMatchObject({ status: 200, body: { online: true, location: null } })
  return driver
}

test('a driver goes online and offline, each as often as they like', async () => {
  const driver = await onlineDriver()
  expect(await setOnline(driver, true)).toMatchObject({ status: 200, body: { online: true } })
  expect(await profile(driver)).toMatchObject({ status: 200, body: { online: true } })
  for (let n = 0; n < 2; n++)
    expect(await setOnline(driver, false)).toMatchObject({ status: 200, body: { online: false } })
  expect(await profile(driver)).toMatchObject({ body: { online: false, location: null } })
})

test('nobody goes online without a vehicle, or without its documents', async () => {
  const driver = await signInDriver()
  expect(await setOnline(driver, true)).toMatchObject(refusal(422, 'vehicle_required'))
  await addVehicle(driver)
  expect(await setOnline(driver, true)).toMatchObject({
    status: 403,
    body: {
      code: 'documents_required',
      errors: expect.arrayContaining([{ path: 'insurance', message: 'none' }]),
    },
  })
  expect(await profile(driver)).toMatchObject({ body: { online: false } })
  expect((await setOnline(driver, false)).status).toBe(200)
})

test.each([['yes'], [null], [1]])('online is true or false, not %s', async (online) => {
  expect(await setOnline(await signInDriver(), online)).toMatchObject(fieldRefusal('online'))
})

test('where an online driver is, is known to them', async () => {
  const driver = await onlineDriver()
  const at = secondsAgo(1)
  const location = { position: bengaluru, at }
  expect(await report(driver, fixAt(0, { at, heading: 90, speed: 12.5 }))).toMatchObject({
    status: 200,
    body: { ignored: null, location },
  })
  expect(await profile(driver)).toMatchObject({ body: { online: true, location } })
  const later = secondsAgo(0)
  expect(await report(driver, fixAt(20, { at: later, heading: null, speed: null }))).toMatchObject({
    body: { ignored: null, location: { at: later } },
  })
  expect(await profile(driver)).toMatchObject({ body: { location: { at: later } } })
})

test('offline nothing is kept, and what was known is forgotten', async () => {
  const driver = await onlineDriver()
  expect((await report(driver, fixAt(0))).status).toBe(200)
  await setOnline(driver, false)
  expect(await report(driver, fixAt(0))).toMatchObject({
    status: 200,
    body: { ignored: 'offline', location: null },
  })
  expect(await setOnline(driver, true)).toMatchObject({ body: { online: true, location: null } })
})

test('what is late, uncertain or out of order is ignored', async () => {
  const driver = await onlineDriver()
  expect(await report(driver, fixAt(0, { at: secondsAgo(300) }))).toMatchObject({
    status: 200,
    body: { ignored: 'too_old', location: null },
  })
  expect(await report(driver, fixAt(0, { accuracy: 500 }))).toMatchObject({
    body: { ignored: 'inaccurate', location: null },
  })
  const at = secondsAgo(5)
  await report(driver, fixAt(0, { at }))
  for (const earlier of [at, secondsAgo(10)])
    expect(await report(driver, fixAt(10, { at: earlier }))).toMatchObject({
      body: { ignored: 'out_of_order', location: { position: bengaluru, at } },
    })
})

test('nobody drives at a kilometre a second, or abroad, or in the future', async () => {
  const driver = await onlineDriver()
  const at = secondsAgo(20)
  expect((await report(driver, fixAt(0, { at }))).status).toBe(200)
  expect(await report(driver, fixAt(10_000, { at: secondsAgo(15) }))).toMatchObject(
    refusal(422, 'location_implausible'),
  )
  expect(await report(driver, fixAt(0, { lat: 51.5, lng: -0.12 }))).toMatchObject(
    refusal(422, 'outside_service_area'),
  )
  expect(await report(driver, fixAt(0, { at: secondsAgo(-120) }))).toMatchObject(fieldRefusal('at'))
  expect(await profile(driver)).toMatchObject({ body: { location: { position: bengaluru, at } } })
  expect(await report(driver, fixAt(500, { at: secondsAgo(5) }))).toMatchObject({ body: { ignored: null } })
})

test.each([
  ['lat', { lat: 91 }],
  ['lng', { lng: '77' }],
  ['accuracy', { accuracy: -1 }],
  ['heading', { heading: 361 }],
  ['speed', { speed: 151 }],
  ['at', { at: 'now' }],
  ['at', { at: undefined }],
  ['altitude', { altitude: 900 }],
])('a wrong %s is refused (case %#)', async (field, change) => {
  expect(await report(await signInDriver(), fixAt(0, change))).toMatchObject(fieldRefusal(field))
})

test('of many fixes at once the newest stays', async () => {
  const driver = await onlineDriver()
  const times = Array.from({ length: 20 }, (_, n) => secondsAgo(30 - n))
  const shuffled = times.map((_, n) => times[(n * 7) % times.length])
  const replies = await Promise.all(shuffled.map((at) => report(driver, fixAt(0, { at }))))
  expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200]))
  expect(await profile(driver)).toMatchObject({ body: { location: { at: times.at(-1) } } })
})

test('of two fixes at once that nobody could reach one from the other, one is believed', async () => {
  const driver = await onlineDriver()
  const replies = await Promise.all([
    report(driver, fixAt(0, { at: secondsAgo(4) })),
    report(driver, fixAt(50_000, { at: secondsAgo(2) })),
  ])
  const believed = replies.filter(({ status, body }) => status === 200 && Object(body).ignored === null)
  expect(believed).toHaveLength(1)
})

test('positions have a limit of their own', async () => {
  const driver = await signInDriver()
  const { headers } = await report(driver, fixAt(0))
  expect(headers.get('ratelimit-policy')).toContain('"location"')
})

test('who is no driver is neither online nor anywhere', async () => {
  const passenger = await signIn()
  for (const reply of [await setOnline(passenger, true), await report(passenger, fixAt(0))])
    expect(reply).toMatchObject(refusal(403, 'driver_profile_required'))
})
