import { afterEach, expect, test, vi } from 'vitest'
import { isSigned } from './sign.ts'
import { ACCOUNT, openGateway } from './testing/gateway.ts'

afterEach(() => vi.unstubAllGlobals())

const encode = (text: string) => new TextEncoder().encode(text)

/** The text with each of its characters changed in turn. */
const flipped = (text: string) =>
  Array.from(text, (char, at) => text.slice(0, at) + (char === '0' ? '1' : '0') + text.slice(at + 1))

async function checkedOut() {
  const { port, gateway, order, told } = openGateway()
  const { id } = await order()
  const { checkout } = await gateway.pay(id)
  const [webhook = expect.unreachable()] = told
  return {
    port,
    webhook,
    checkout: {
      gatewayOrderId: checkout.razorpay_order_id,
      gatewayPaymentId: checkout.razorpay_payment_id,
      signature: checkout.razorpay_signature,
    },
  }
}

test('a checkout is believed with its own signature, and with no other', async () => {
  const { port, checkout } = await checkedOut()
  expect(await port.isCheckout(checkout)).toBe(true)
  const { gatewayOrderId, gatewayPaymentId, signature } = checkout
  const others = [...flipped(signature), '', signature.slice(1), `${signature}0`, signature.toUpperCase()]
  for (const other of others) {
    expect(await port.isCheckout({ ...checkout, signature: other }), other).toBe(false)
  }
  for (const other of flipped(gatewayOrderId)) {
    if (other === gatewayOrderId) continue
    expect(await port.isCheckout({ ...checkout, gatewayOrderId: other }), other).toBe(false)
  }
  expect(await port.isCheckout({ ...checkout, gatewayPaymentId: `${gatewayPaymentId}0` })).toBe(false)
  const swapped = { ...checkout, gatewayOrderId: gatewayPaymentId, gatewayPaymentId: gatewayOrderId }
  expect(await port.isCheckout(swapped)).toBe(false)
})

test('a webhook is believed byte by byte', async () => {
  const { port, webhook } = await checkedOut()
  const { body, signature } = webhook
  expect(await port.isWebhook(encode(body), signature)).toBe(true)
  for (const other of [...flipped(signature), '', signature.toUpperCase()]) {
    expect(await port.isWebhook(encode(body), other), other).toBe(false)
  }
  for (let at = 0; at < body.length; at++) {
    const bytes = encode(body)
    bytes[at] = (bytes[at] ?? 0) ^ 1
    expect(await port.isWebhook(bytes, signature), `byte ${at}`).toBe(false)
  }
  expect(await port.isWebhook(encode(`${body} `), signature)).toBe(false)
})

test('the secret of the keys signs no webhook, and that of webhooks no checkout', async () => {
  const { checkout, webhook } = await checkedOut()
  const { keySecret: webhookSecret, webhookSecret: keySecret } = ACCOUNT
  const { port: swapped } = openGateway({ ...ACCOUNT, keySecret, webhookSecret })
  expect(await swapped.isCheckout(checkout)).toBe(false)
  expect(await swapped.isWebhook(encode(webhook.body), webhook.signature)).toBe(false)
})

test('nothing is signed with an empty secret', async () => {
  // What anybody can compute: HMAC-SHA-256 of nothing with an empty key.
  const known = 'b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad'
  expect(await isSigned(encode(''), known, '')).toBe(false)
})

test('the digest is that of RFC 4231, test case 2', async () => {
  const known = '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843'
  expect(await isSigned(encode('what do ya want for nothing?'), known, 'Jefe')).toBe(true)
})
