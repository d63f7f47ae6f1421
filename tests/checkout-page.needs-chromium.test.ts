import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, inject, test } from 'vitest'
import { z } from 'zod'
import { createEgress } from '#packages/local-cloud/egress.ts'
import { startInbox } from '#packages/local-cloud/inbox/start-inbox.ts'
import { Journal } from '#packages/local-cloud/stand-ins/journal.ts'
import { createRazorpay } from '#packages/local-cloud/stand-ins/razorpay/razorpay.ts'
import { call } from './client/api.ts'
import { type Booking, readBooking } from './client/bookings.ts'
import { Browser, findChromium, type Look } from './client/browser.ts'
import { gatewayBooks } from './client/checkout.ts'
import { bookOnline, initiate } from './client/paying.ts'
import { type Person, signIn } from './client/people.ts'
import { publishTrip } from './client/trips.ts'

/**
 * A booking that is paid at the checkout, in a real browser. Runs only where a Chromium is installed, or named by CHROMIUM; keeps
 * what it saw in the folder that MARGWA_PICTURES names.
 */
const chromium = findChromium()
const folder = process.env['MARGWA_PICTURES']

const KEYS = { keyId: 'k', keySecret: 's', webhookSecret: 'w', payoutAccount: '1' }
const PHONE: Look = { width: 390, height: 560 }

let browser: Browser | undefined
afterEach(async () => {
  await browser?.close()
  browser = undefined
})

async function open(path: string, origin = inject('inboxUrl')): Promise<Browser> {
  browser = await Browser.open(chromium ?? '', PHONE)
  await browser.goTo(new URL(path, origin).href)
  await browser.until(`document.getElementById('checkout').dataset.state !== 'loading'`)
  return browser
}

async function keep(page: Browser, name: string): Promise<void> {
  const picture = await page.screenshot()
  expect(picture.length).toBeGreaterThan(10_000)
  if (folder === undefined) return
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, `${name}.png`), picture)
}

const press = (page: Browser, id: string) => page.ask(`document.getElementById('${id}').click()`)
const reaches = (page: Browser, state: string) =>
  page.until(`document.getElementById('checkout').dataset.state === '${state}'`)
const dataOf = async (page: Browser, name: string) =>
  z.string().parse(await page.ask(`document.getElementById('checkout').dataset.${name}`))

/** A booking that waits to be paid, and the order for it. */
async function unpaid() {
  const trip = await publishTrip({ amount: 18_000 })
  const person = await signIn()
  const booking = await bookOnline(trip, person)
  return { person, booking, order: await initiate(person, booking) }
}

/** A checkout of its own, for what the application would never order. */
async function openShop(notes: Record<string, string> = {}) {
  const gateway = createRazorpay({ journal: new Journal(), ...KEYS })
  const headers = { authorization: `Basic ${btoa(`${KEYS.keyId}:${KEYS.keySecret}`)}` }
  const body = JSON.stringify({ amount: 52_500, currency: 'INR', notes })
  const order = async () => {
    const request = new Request('https://api.razorpay.com/v1/orders', { method: 'POST', headers, body })
    return z.looseObject({ id: z.string() }).parse(await (await gateway.fetch(request)).json()).id
  }
  const egress = createEgress({})
  const journal = new Journal()
  const inbox = await startInbox({ port: 0, host: '127.0.0.1', journal, egress, razorpay: gateway })
  return { shop: { url: inbox.url, order, close: () => inbox.close() }, id: await order() }
}

const stateOf = async (booking: Booking, person: Person) => (await readBooking(booking, person)).state

describe.skipIf(chromium === undefined)('with Chromium', () => {
  test('who pays has a confirmed booking, with what the page hands over', async () => {
    const { person, booking, order } = await unpaid()
    const page = await open(`/checkout/${order.gatewayOrderId}`)
    expect(await page.ask(`document.getElementById('amount').textContent`)).toMatch(/^₹\d{3}\.\d\d$/)
    await keep(page, 'checkout')
    await press(page, 'pay')
    await reaches(page, 'paid')
    await keep(page, 'checkout-paid')
    expect(await dataOf(page, 'razorpayOrderId')).toBe(order.gatewayOrderId)
    const body = {
      orderId: order.orderId,
      razorpay_payment_id: await dataOf(page, 'razorpayPaymentId'),
      razorpay_signature: await dataOf(page, 'razorpaySignature'),
    }
    const verified = await call('POST', '/api/v1/payments/verify', { token: person.token, body })
    expect(verified.status).toBe(200)
    expect(await stateOf(booking, person)).toBe('confirmed')

    await page.goTo(new URL(`/checkout/${order.gatewayOrderId}`, inject('inboxUrl')).href)
    await reaches(page, 'paid')
    expect(await page.ask(`document.getElementById('choices').hidden`)).toBe(true)
    expect(page.complaints).toEqual([])
  }, 60_000)

  test('who is declined has an unpaid booking, and can try again', async () => {
    const { person, booking, order } = await unpaid()
    const page = await open(`/checkout/${order.gatewayOrderId}`)
    await press(page, 'fail')
    await reaches(page, 'declined')
    expect(await page.ask('document.body.innerText')).toContain('declined by the bank')
    await keep(page, 'checkout-declined')
    const { payments } = await gatewayBooks()
    expect(payments.filter((each) => each.order_id === order.gatewayOrderId)).toMatchObject([
      { status: 'failed', captured: false },
    ])
    expect(await stateOf(booking, person)).toBe('unpaid')
    expect(await page.ask(`document.getElementById('pay').textContent`)).toBe('Try again')
    expect(page.complaints).toEqual([])
  }, 60_000)

  test('who leaves has paid nothing, and can come back until the seats are given away', async () => {
    const { person, booking, order } = await unpaid()
    const page = await open(`/checkout/${order.gatewayOrderId}`)
    await press(page, 'leave')
    await reaches(page, 'left')
    await keep(page, 'checkout-left')
    expect(await page.ask(`document.getElementById('choices').hidden`)).toBe(true)
    expect(await stateOf(booking, person)).toBe('unpaid')
    await press(page, 'return')
    await reaches(page, 'waiting')
    expect(await page.ask(`document.getElementById('pay').checkVisibility()`)).toBe(true)
    await press(page, 'pay')
    await reaches(page, 'paid')
    // The webhook alone is enough.
    await expect.poll(() => stateOf(booking, person), { timeout: 10_000 }).toBe('confirmed')
  }, 60_000)

  test('the page that opened the checkout hears how it ended, and a callback is called with it', async () => {
    const { shop, id } = await openShop()
    const page = await open(`/checkout/${id}`, shop.url)
    await page.ask('window.heard = []; window.opener = { postMessage: (...all) => window.heard.push(all) }; 1')
    await press(page, 'fail')
    await reaches(page, 'declined')
    await press(page, 'leave')
    await press(page, 'return')
    await press(page, 'pay')
    await reaches(page, 'paid')
    expect(await page.ask('window.heard.map(([{ event }, to]) => [event, to])')).toEqual([
      ...[
        ['declined', '*'],
        ['left', '*'],
        ['paid', '*'],
      ],
    ])
    expect(await page.ask('window.heard[2][0].razorpay_order_id')).toBe(id)

    const next = await shop.order()
    await page.goTo(`${shop.url}/checkout/${next}?callback=${encodeURIComponent(`${shop.url}/?from=shop`)}`)
    await reaches(page, 'waiting')
    await press(page, 'pay')
    await page.until(`location.pathname === '/' && location.search.startsWith('?from=shop&razorpay_order_id=')`)
    await shop.close()
  }, 60_000)

  test('a callback that is no web page is not called', async () => {
    const { shop, id } = await openShop()
    const page = await open(`/checkout/${id}`, shop.url)
    for (const callback of ['javascript:document.title=1', 'data:text/html,x', 'nonsense']) {
      const order = await shop.order()
      await page.goTo(`${shop.url}/checkout/${order}?callback=${encodeURIComponent(callback)}`)
      await reaches(page, 'waiting')
      await press(page, 'pay')
      await reaches(page, 'paid')
      const where = [`/checkout/${order}`, 'Margwa checkout']
      expect(await page.ask('[location.pathname, document.title]'), callback).toEqual(where)
    }
    await shop.close()
  }, 60_000)

  test('what an order says is shown as text, whatever it is', async () => {
    const hostile = '</dd><img src=x onerror=document.title=1><script>document.title=2</script>'
    const { shop, id } = await openShop({ [hostile.slice(0, 40)]: hostile })
    const page = await open(`/checkout/${id}`, shop.url)
    expect(await page.ask(`document.querySelector('#notes dd').textContent`)).toBe(hostile)
    expect(await page.ask(`[document.querySelectorAll('main img').length, document.title]`)).toEqual([
      ...[0, 'Margwa checkout'],
    ])
    await shop.close()
  }, 60_000)

  test('an order that does not exist cannot be paid', async () => {
    const { shop } = await openShop()
    const page = await open('/checkout/order_none', shop.url)
    await reaches(page, 'missing')
    expect(await page.ask(`document.getElementById('choices').hidden`)).toBe(true)
    await shop.close()
  }, 60_000)
})
