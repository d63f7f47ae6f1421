import { afterEach, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { msg91 } from './msg91.ts'
import { SmsError, type SmsText } from './sms-port.ts'

const sms = msg91({
  authKey: 'key-1',
  otpTemplate: 'otp-any',
  otpTemplates: { hi: 'otp-hi' },
  flowTemplates: { 'document_expiring.en': 'expiring-en', 'document_expiring.kn': 'expiring-kn' },
})
const phone = '+919876543210'
const expiring: SmsText = {
  template: 'document_expiring',
  values: { document: 'Insurance', days: '15' },
  language: 'kn',
}

/** Answers the next request as MSG91 would, and keeps what was asked. */
function answerWith(reply: () => Promise<Response>) {
  const asked = vi.fn((_url: string, _init: RequestInit) => reply())
  vi.stubGlobal('fetch', asked)
  return asked
}

/** What is posted, and where, while everything is accepted. */
async function posted(send: () => Promise<void>) {
  const asked = answerWith(async () => Response.json({ type: 'success', request_id: 'r' }))
  await send()
  const [url, init] = asked.mock.calls[0] ?? []
  expect(init?.headers).toMatchObject({ authkey: 'key-1' })
  return { url, body: JSON.parse(z.string().parse(init?.body)) }
}

afterEach(() => vi.unstubAllGlobals())

test('a code is sent as MSG91 documents it, with the template of the language or the one for all', async () => {
  const { url, body } = await posted(() => sms.sendCode(phone, '123456', 300, 'hi'))
  expect(url).toBe('https://control.msg91.com/api/v5/otp')
  expect(body).toEqual({
    template_id: 'otp-hi',
    mobile: '919876543210',
    otp: '123456',
    otp_length: 6,
    otp_expiry: 5,
  })
  const other = await posted(() => sms.sendCode(phone, '123456', 300, 'ta'))
  expect(other.body).toMatchObject({ template_id: 'otp-any' })
})

test('a text is sent as a flow, in its language or in English', async () => {
  const { url, body } = await posted(() => sms.sendText(phone, expiring))
  expect(url).toBe('https://control.msg91.com/api/v5/flow')
  expect(body).toEqual({
    template_id: 'expiring-kn',
    short_url: '0',
    recipients: [{ mobiles: '919876543210', document: 'Insurance', days: '15' }],
  })
  const other = await posted(() => sms.sendText(phone, { ...expiring, language: 'te' }))
  expect(other.body).toMatchObject({ template_id: 'expiring-en' })
})

test('a value is cut at what the operators let through, and cannot change who receives it', async () => {
  const values = { document: '😀'.repeat(40), mobiles: '911234567890' }
  const { body } = await posted(() => sms.sendText(phone, { ...expiring, values }))
  expect(body.recipients).toEqual([{ mobiles: '919876543210', document: '😀'.repeat(30) }])
})

test('a text that is not registered is not sent', async () => {
  const asked = answerWith(async () => Response.json({ type: 'success' }))
  const unknown = { ...expiring, template: 'document_rejected' } as const
  await expect(sms.sendText(phone, unknown)).rejects.toBeInstanceOf(SmsError)
  expect(asked).not.toHaveBeenCalled()
})

test.each([
  ['an error inside a 200', async () => Response.json({ type: 'error', message: 'template not found' })],
  ['a 500', async () => new Response('oops', { status: 500 })],
  ['a 200 that is not JSON', async () => new Response('<html>')],
  ['silence', async () => Promise.reject(new DOMException('late', 'TimeoutError'))],
])('%s is a message that was not sent', async (_, reply) => {
  answerWith(reply)
  await expect(sms.sendCode(phone, '123456', 300, 'en')).rejects.toBeInstanceOf(SmsError)
  await expect(sms.sendText(phone, expiring)).rejects.toBeInstanceOf(SmsError)
})
