import { expect, test } from 'vitest'
import { z } from 'zod'
import { call, expectBody, refusal } from './client/api.ts'
import { actOn, book } from './client/bookings.ts'
import { signIn, signInDriver } from './client/people.ts'
import { askShare, follow, openPage, share, tokenOf, waitFor } from './client/safety.ts'
import { moveRide, publishTrip } from './client/trips.ts'

const notThere = refusal(404, 'not_found')
const MAX_LINKS = 10

test('who drives and who is booked share a ride, and whoever has a link sees it', async () => {
  const trip = await publishTrip()
  const passenger = await signIn()
  await book(trip, passenger, { from: 0, to: 2 })
  for (const person of [trip.driver, passenger]) {
    const link = await share(person, trip.rideId)
    expect(tokenOf(link)).toMatch(/^[\w-]{43}$/)
    expect(Date.parse(link.expiresAt)).toBeGreaterThan(Date.parse(trip.departsAt))
    const { body, status } = await follow(tokenOf(link))
    expect({ status, body }).toMatchObject({
      status: 200,
      body: {
        alert: null,
        ride: {
          ...{
            status: 'scheduled',
            driver: 'Asha',
            from: 'Stop 0',
            to: 'Stop 3',
            position: null,
            progress: null,
          },
          vehicle: { make: 'Maruti Suzuki', model: 'Dzire', colour: 'White' },
          departsAt: trip.departsAt,
        },
      },
    })
    // Nothing that names anybody else, or that could be used elsewhere.
    const text = JSON.stringify(body)
    for (const secret of [
      trip.driver.id,
      trip.driver.phone,
      passenger.id,
      passenger.phone,
      trip.rideId,
      trip.routeId,
    ])
      expect(text).not.toContain(secret)
  }
})

test('a passenger’s link leads to where the passenger gets off', async () => {
  const trip = await publishTrip()
  const passenger = await signIn()
  await book(trip, passenger, { from: 0, to: 1 })
  const seen = async (token: string) => Object((await follow(token)).body).ride
  const [own, whole] = [
    await seen(tokenOf(await share(passenger, trip.rideId))),
    await seen(tokenOf(await share(trip.driver, trip.rideId))),
  ]
  expect(Date.parse(own.arrivesAt)).toBeLessThan(Date.parse(whole.arrivesAt))
  expect(Math.abs(own.destination.lng - (trip.stops[1]?.lng ?? 0))).toBeLessThan(0.001)
  expect(Math.abs(whole.destination.lng - (trip.stops[3]?.lng ?? 0))).toBeLessThan(0.001)
})

test('who is not on the ride shares nothing', async () => {
  const trip = await publishTrip({ bookingMode: 'approval' })
  const [stranger, waiting] = [await signInDriver(), await signIn()]
  const booking = await book(trip, waiting)
  for (const person of [stranger, waiting])
    expect(await askShare(person, trip.rideId)).toMatchObject(refusal(403, 'not_on_ride'))
  expect(await askShare(stranger, crypto.randomUUID())).toMatchObject(notThere)
  await actOn(booking, trip.driver, 'accept')
  expect((await askShare(waiting, trip.rideId)).status).toBe(201)
})

test('a ride that is over is not shared any more, and a link that was says that it is over', async () => {
  const trip = await publishTrip()
  const link = await share(trip.driver, trip.rideId)
  expect((await moveRide(trip, 'start')).status).toBe(200)
  expect(await follow(tokenOf(link))).toMatchObject({ body: { ride: { status: 'started' } } })
  expect((await moveRide(trip, 'complete')).status).toBe(200)
  expect(await follow(tokenOf(link))).toMatchObject({ body: { ride: { status: 'completed', position: null } } })
  expect(await askShare(trip.driver, trip.rideId)).toMatchObject(refusal(409, 'ride_not_live'))
})

const Links = z.object({ items: z.array(z.object({ id: z.string() })), nextCursor: z.null() })
const listPath = (rideId: string) => `/api/v1/rides/${rideId}/share`

test('links are listed and revoked by who made them, and by nobody else', async () => {
  const trip = await publishTrip()
  const passenger = await signIn()
  await book(trip, passenger)
  const [mine, other] = [await share(trip.driver, trip.rideId), await share(passenger, trip.rideId)]
  const list = async ({ token }: { token: string }) =>
    expectBody(await call('GET', listPath(trip.rideId), { token }), 200, Links).items.map(({ id }) => id)
  expect(await list(trip.driver)).toEqual([mine.id])
  expect(JSON.stringify(await call('GET', listPath(trip.rideId), { token: trip.driver.token }))).not.toContain(
    tokenOf(mine),
  )
  const revoke = ({ token }: { token: string }, id: string) =>
    call('DELETE', `${listPath(trip.rideId)}/${id}`, { token })
  expect(await revoke(trip.driver, other.id)).toMatchObject(notThere)
  expect(await revoke(await signIn(), mine.id)).toMatchObject(notThere)
  expect((await revoke(trip.driver, mine.id)).status).toBe(204)
  expect((await revoke(trip.driver, mine.id)).status).toBe(204)
  expect(await list(trip.driver)).toEqual([])
  expect(await follow(tokenOf(mine))).toMatchObject(notThere)
  expect((await follow(tokenOf(other))).status).toBe(200)
})

test('a wrong, a revoked and a broken link look the same', async () => {
  const trip = await publishTrip()
  const link = await share(trip.driver, trip.rideId)
  await call('DELETE', `${listPath(trip.rideId)}/${link.id}`, { token: trip.driver.token })
  const tokens = [tokenOf(link), 'A'.repeat(43), '_'.repeat(43), tokenOf(link).toLowerCase(), 'short']
  const replies = await Promise.all(tokens.map((token) => follow(token)))
  const shown = replies.map(({ status, body }) => ({ status, body: { ...Object(body), requestId: '' } }))
  for (const each of shown) expect(each).toEqual(shown[0])
  expect(shown[0]).toMatchObject(notThere)
  const pages = await Promise.all(tokens.map((token) => openPage(token)))
  for (const page of pages) expect([page.status, page.text]).toEqual([404, pages[0]?.text])
  expect(pages[0]?.text).toContain('This link does not work any more')
})

test('who leaves the ride takes their links along', async () => {
  const trip = await publishTrip()
  const passenger = await signIn()
  const booking = await book(trip, passenger)
  const [link, driverLink] = [await share(passenger, trip.rideId), await share(trip.driver, trip.rideId)]
  expect((await actOn(booking, passenger, 'cancel')).status).toBe(200)
  expect(await follow(tokenOf(link))).toMatchObject(notThere)
  expect((await follow(tokenOf(driverLink))).status).toBe(200)
  // Booking again does not bring them back.
  await waitFor(
    async () => Object((await call('GET', listPath(trip.rideId), { token: passenger.token })).body).items,
    (items) => items.length === 0,
  )
  await book(trip, passenger)
  expect(await follow(tokenOf(link))).toMatchObject(notThere)
})

test('so many links and no more, however many are asked for at once', async () => {
  const trip = await publishTrip()
  const replies = await Promise.all(
    Array.from({ length: MAX_LINKS + 5 }, () => askShare(trip.driver, trip.rideId)),
  )
  expect(replies.filter(({ status }) => status === 201)).toHaveLength(MAX_LINKS)
  for (const reply of replies.filter(({ status }) => status !== 201))
    expect(reply).toMatchObject(refusal(409, 'too_many_share_links'))
})

test('the page shows the ride in the reader’s language, and runs nothing that is not its own', async () => {
  const trip = await publishTrip()
  const token = tokenOf(await share(trip.driver, trip.rideId))
  const page = await openPage(token)
  expect(page.status).toBe(200)
  for (const part of ['Not started yet', 'Asha', 'White Maruti Suzuki Dzire', 'Stop 0', 'Stop 3', 'id="map"'])
    expect(page.text).toContain(part)
  expect((await openPage(token, 'hi-IN,hi;q=0.9')).text).toContain('अभी शुरू नहीं हुई')
  const policy = page.headers.get('content-security-policy') ?? ''
  expect(policy).toMatch(
    /^default-src 'none'; script-src 'sha256-[^' ]+'; style-src 'sha256-[^' ]+'; img-src data:;/,
  )
  expect(policy).not.toContain('unsafe')
  expect(page.headers.get('referrer-policy')).toBe('no-referrer')
  expect(page.headers.get('cache-control')).toBe('no-store')
  for (const [, inline = '', kind = ''] of page.text.matchAll(
    /<(?:script|style)>([\s\S]*?)<\/(script|style)>/g,
  )) {
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(inline))
    expect(policy, kind).toContain(`'sha256-${Buffer.from(digest).toString('base64')}'`)
  }
  // Nothing is loaded from anywhere, and no style or handler stands in the markup.
  expect(page.text).not.toMatch(/\s(?:src|style|on\w+)=/)
})

test('a name is shown as it is written, whatever it is made of', async () => {
  const driver = await signInDriver('<img/src=x>&"quoted"')
  const trip = await publishTrip({ driver })
  const { text } = await openPage(tokenOf(await share(driver, trip.rideId)))
  expect(text).toContain('&lt;img/src=x&gt;&amp;&quot;quoted&quot;')
  expect(text).not.toContain('<img')
})
