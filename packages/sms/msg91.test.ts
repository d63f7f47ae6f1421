import { afterEach, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { msg91 } from './msg91.ts'
import { SmsError } from './sms-port.ts'

const send = () => msg91('key-1', 'template-1').sendCode('+919876543210', '123456', 300)

/** Answers the next request as MSG91 would, and keeps what was asked. */
function answerWith(reply: () => Promise<Response>) {
  const asked = vi.fn((_url: string, _init: RequestInit) => reply())
  vi.stubGlobal('fetch', asked)
  return asked
}

afterEach(() => vi.unstubAllGlobals())

test('the request is the one MSG91 documents', async () => {
  const asked = answerWith(async () => Response.json({ type: 'success', request_id: 'r' }))
  await send()
  const [url, init] = asked.mock.calls[0] ?? []
  expect(url).toBe('https://control.msg91.com/api/v5/otp')
  expect(init?.headers).toMatchObject({ authkey: 'key-1' })
  expect(JSON.parse(z.string().parse(init?.body))).toEqual({
    template_id: 'template-1',
    mobile: '919876543210',
    otp: '123456',
    otp_length: 6,
    otp_expiry: 5,
  })
})

test.each([
  ['an error inside a 200', async () => Response.json({ type: 'error', message: 'template not found' })],
  ['a 500', async () => new Response('oops', { status: 500 })],
  ['a 200 that is not JSON', async () => new Response('<html>')],
  ['silence', async () => Promise.reject(new DOMException('late', 'TimeoutError'))],
])('%s is a message that was not sent', async (_, reply) => {
  answerWith(reply)
  await expect(send()).rejects.toBeInstanceOf(SmsError)
})
