import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, inject, test } from 'vitest'
import { z } from 'zod'
import { pointAt } from '#packages/geo/locate.ts'
import { decodePolyline } from '#packages/geo/polyline.ts'
import { distanceMetres } from '#packages/geo/position.ts'
import { call, expectBody } from './client/api.ts'
import { Browser, findChromium, type Look } from './client/browser.ts'
import { LiveClient } from './client/live-client.ts'
import { signInDriver } from './client/people.ts'
import { raise, resolveOwn, share, tokenOf } from './client/safety.ts'
import { inMinutes, moveRide, newRoute, publish, registerVehicle } from './client/trips.ts'

/**
 * The page of a link in a real browser, while a car moves. Runs only where a Chromium is installed, or named by CHROMIUM;
 * keeps what it saw in the folder that MARGWA_PICTURES names.
 */
const chromium = findChromium()
const folder = process.env['MARGWA_PICTURES']

const PHONE: Look = { width: 390, height: 844 }
const stops = [
  { name: 'Indiranagar', position: { lat: 12.9784, lng: 77.6408 } },
  { name: 'Ramanagara', position: { lat: 12.7217, lng: 77.2812 } },
  { name: 'Mandya', position: { lat: 12.5242, lng: 76.8958 } },
  { name: 'Mysuru', position: { lat: 12.3052, lng: 76.6552 } },
]

const Route = z.object({
  path: z.string(),
  rides: z.array(z.object({ id: z.string(), departsAt: z.string() })),
})

let browser: Browser | undefined
afterEach(async () => {
  await browser?.close()
  browser = undefined
})

async function open(look: Look, path: string): Promise<Browser> {
  browser = await Browser.open(chromium ?? '', look)
  await browser.goTo(new URL(path, inject('url')).href)
  return browser
}

async function keep(page: Browser, name: string): Promise<void> {
  const picture = await page.screenshot()
  expect(picture.length).toBeGreaterThan(10_000)
  if (folder === undefined) return
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, `${name}.png`), picture)
}

/** A ride from Bengaluru to Mysuru, and where on its way the car is. */
async function newRide() {
  const driver = await signInDriver('Asha Gowda')
  const vehicleId = await registerVehicle(driver, {
    colour: 'White',
    plate: `KA09MB${1000 + Math.floor(Math.random() * 9000)}`,
  })
  const route = { ...newRoute(vehicleId), stops, departsAt: inMinutes(20) }
  const { path, rides } = expectBody(await publish(driver, route), 201, Route)
  const points = decodePolyline(path)
  const metres = [0]
  for (const [n, point] of points.slice(1).entries())
    metres.push((metres[n] ?? 0) + distanceMetres(points[n] ?? point, point))
  const way = { points, metres, seconds: metres }
  const whole = metres.at(-1) ?? 0
  const trip = { driver, vehicleId, routeId: '', rideId: rides[0]?.id ?? '', stops: [], departsAt: '' }
  const at = (fraction: number) => {
    const [here, ahead] = [pointAt(way, whole * fraction), pointAt(way, whole * (fraction + 0.01))]
    const heading =
      (Math.atan2((ahead.lng - here.lng) * Math.cos(here.lat / 57.3), ahead.lat - here.lat) * 57.3 + 360) % 360
    const fix = { lat: here.lat, lng: here.lng, heading, speed: 14, accuracy: 8, at: new Date().toISOString() }
    return { type: 'position', ...fix }
  }
  return { trip, driver, at }
}

const carAt = `(() => { const b = document.getElementById('car').getBoundingClientRect(); return [b.x + b.width / 2, b.y + b.height / 2] })()`
const isStill = 'document.getAnimations().every((each) => !(each instanceof CSSTransition))'
const Point = z.tuple([z.number(), z.number()])

describe.skipIf(chromium === undefined)('with Chromium', () => {
  test('the car moves on the page as its driver moves, until the ride is over', async () => {
    const { trip, driver, at } = await newRide()
    const link = await share(driver, trip.rideId)
    const page = await open(PHONE, link.url)
    await page.until(`document.body.innerText.includes('Not started yet')`)
    await keep(page, 'scheduled-light')
    expect((await moveRide(trip, 'start')).status).toBe(200)
    await page.until(`document.body.innerText.includes('On the way')`)

    const car = await LiveClient.join(trip, { token: driver.token })
    car.say(at(0.1))
    await page.until(`document.getElementById('car') !== null`)
    const before = Point.parse(await page.ask(carAt))
    car.say(at(0.4))
    // Mysuru is to the south-west.
    await page.until(`${carAt}[0] < ${before[0] - 30} && ${carAt}[1] > ${before[1] + 10}`)

    car.say(at(0.62))
    await page.goTo(new URL(link.url, inject('url')).href)
    await page.until(`/\\d+ km left/.test(document.body.innerText)`)
    await page.until(isStill)
    await keep(page, 'started-light')
    await page.look({ ...PHONE, dark: true })
    await keep(page, 'started-dark')
    await page.look({ width: 1280, height: 800 })
    await keep(page, 'started-wide')
    await page.look({ ...PHONE, language: 'kn' })
    await page.goTo(new URL(link.url, inject('url')).href)
    await keep(page, 'started-kannada')

    await page.look(PHONE)
    await page.goTo(new URL(link.url, inject('url')).href)
    expect((await moveRide(trip, 'complete')).status).toBe(200)
    await page.until(`document.body.innerText.includes('The ride is over')`)
    await keep(page, 'completed-light')
    expect(page.complaints).toEqual([])
    car.hangUp()
  }, 90_000)

  test('without a network it says so, and goes on when there is one', async () => {
    const { trip, driver, at } = await newRide()
    expect((await moveRide(trip, 'start')).status).toBe(200)
    const car = await LiveClient.join(trip, { token: driver.token })
    car.say(at(0.2))
    const page = await open(PHONE, (await share(driver, trip.rideId)).url)
    await page.until(`document.getElementById('car') !== null`)
    await page.offline(true)
    await page.until(`!document.getElementById('offline').hidden`, 40_000)
    await keep(page, 'offline-light')
    await page.offline(false)
    await page.until(`document.getElementById('offline').hidden`, 40_000)
    const before = Point.parse(await page.ask(carAt))
    car.say(at(0.6))
    await page.until(`Math.abs(${carAt}[0] - ${before[0]}) > 30`, 40_000)
    car.hangUp()
  }, 120_000)

  test('a link that is revoked shows nothing any more to who has it open', async () => {
    const { trip, driver } = await newRide()
    expect((await moveRide(trip, 'start')).status).toBe(200)
    const link = await share(driver, trip.rideId)
    const page = await open(PHONE, link.url)
    await page.until(`document.body.innerText.includes('On the way')`)
    const path = `/api/v1/rides/${trip.rideId}/share/${link.id}`
    expect((await call('DELETE', path, { token: driver.token })).status).toBe(204)
    await page.until(`document.body.innerText.includes('This link does not work any more')`)
    await keep(page, 'gone-light')
  }, 60_000)

  test('an alert shows where help is needed, and when it is needed no more', async () => {
    const { trip, driver, at } = await newRide()
    expect((await moveRide(trip, 'start')).status).toBe(200)
    const car = await LiveClient.join(trip, { token: driver.token })
    const { lat, lng } = at(0.45)
    car.say(at(0.46))
    const alert = await raise(driver, { position: { lat, lng } })
    const page = await open(PHONE, `/s/${tokenOf(alert)}`)
    await page.until(`document.body.innerText.includes('Asha has asked for help')`)
    await keep(page, 'alert-light')
    await page.look({ ...PHONE, dark: true })
    await keep(page, 'alert-dark')
    expect((await resolveOwn(driver, alert)).status).toBe(200)
    await page.until(`document.body.innerText.includes('Asha does not need help any more')`)
    await keep(page, 'resolved-dark')
    expect(page.complaints).toEqual([])
    car.hangUp()
  }, 60_000)
})
