import { z } from 'zod'
import type { Journal } from './journal.ts'
import { readJson } from './read-json.ts'

export interface Msg91Options {
  journal: Journal
  /** The value of the `authkey` header that is accepted. */
  authKey: string
}

/** Numbers may come as JSON numbers or in the query, so all are text here. */
const text = z.union([z.string(), z.number()]).transform(String)
const Fields = z.object({
  template_id: text.optional(),
  mobile: text.optional(),
  otp: text.optional(),
  otp_length: text.optional(),
  otp_expiry: text.optional(),
})

/** Anything but an object counts as no body: the query alone may hold the fields. */
const Body = z.record(z.string(), z.unknown()).catch({})

const DEFAULT_EXPIRY_MINUTES = 15
const MAX_EXPIRY_MINUTES = 10_080

/** MSG91 reports a refusal in the body of a 200. */
const refuse = (message: string, code?: string) =>
  Response.json({ type: 'error', message, ...(code !== undefined && { code }) })

/**
 * control.msg91.com: `POST /api/v5/otp` keeps the SMS in the journal instead of sending it. The fields come in the
 * query or the JSON body. Another path is a 404; whatever else is wrong is a 200 with `"type": "error"`.
 */
export function createMsg91({ journal, authKey }: Msg91Options) {
  return {
    async fetch(request: Request): Promise<Response> {
      const url = new URL(request.url)
      if (request.method !== 'POST' || url.pathname.replace(/\/$/, '') !== '/api/v5/otp') {
        return Response.json({ message: 'Not found', type: 'error' }, { status: 404 })
      }
      if (request.headers.get('authkey') !== authKey) return refuse('AuthenticationFailure', '201')
      const body = Body.parse(await readJson(request))
      const fields = Fields.safeParse({ ...Object.fromEntries(url.searchParams), ...body })
      if (!fields.success) return refuse('Invalid request')
      const { template_id, mobile, otp, otp_length, otp_expiry } = fields.data
      if (!template_id) return refuse('Template ID missing')
      if (!mobile || !/^91[6-9]\d{9}$/.test(mobile)) return refuse('Please provide valid mobile number')
      if (!otp || !/^\d{4,9}$/.test(otp)) return refuse('OTP must be 4 to 9 digits')
      if (otp_length !== undefined && otp.length !== Number(otp_length)) {
        return refuse('OTP length does not match')
      }
      const expiry = Number(otp_expiry ?? DEFAULT_EXPIRY_MINUTES)
      if (!(Number.isInteger(expiry) && expiry >= 1 && expiry <= MAX_EXPIRY_MINUTES))
        return refuse('Invalid OTP expiry')
      const requestId = crypto.randomUUID().replaceAll('-', '').slice(0, 24)
      const to = `+${mobile}`
      journal.add(
        'sms',
        `${otp} is your Margwa code`,
        { to, code: otp, templateId: template_id, expiresInMinutes: expiry, requestId },
        to,
      )
      return Response.json({ request_id: requestId, type: 'success' })
    },
  }
}
