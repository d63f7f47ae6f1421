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

/** A flow: every field of a recipient but the number is a variable of the text. */
const Flow = z.object({
  template_id: z.string().optional(),
  short_url: z.enum(['0', '1']).optional(),
  recipients: z.array(z.looseObject({ mobiles: text.optional() })).catch([]),
})
/** What the operators let through in one variable of a text that is registered in India. */
const MAX_VALUE_CHARACTERS = 30
const MOBILE = /^91[6-9]\d{9}$/

/** MSG91 reports a refusal in the body of a 200. */
const refuse = (message: string, code?: string) =>
  Response.json({ type: 'error', message, ...(code !== undefined && { code }) })

const newRequestId = () => crypto.randomUUID().replaceAll('-', '').slice(0, 24)

function sendOtp(journal: Journal, given: object): Response {
  const fields = Fields.safeParse(given)
  if (!fields.success) return refuse('Invalid request')
  const { template_id, mobile, otp, otp_length, otp_expiry } = fields.data
  if (!template_id) return refuse('Template ID missing')
  if (!mobile || !MOBILE.test(mobile)) return refuse('Please provide valid mobile number')
  if (!otp || !/^\d{4,9}$/.test(otp)) return refuse('OTP must be 4 to 9 digits')
  if (otp_length !== undefined && otp.length !== Number(otp_length)) {
    return refuse('OTP length does not match')
  }
  const expiry = Number(otp_expiry ?? DEFAULT_EXPIRY_MINUTES)
  if (!(Number.isInteger(expiry) && expiry >= 1 && expiry <= MAX_EXPIRY_MINUTES))
    return refuse('Invalid OTP expiry')
  const requestId = newRequestId()
  const to = `+${mobile}`
  journal.add(
    'sms',
    `${otp} is your Margwa code`,
    { to, code: otp, templateId: template_id, expiresInMinutes: expiry, requestId },
    to,
  )
  return Response.json({ request_id: requestId, type: 'success' })
}

function sendFlow(journal: Journal, given: object): Response {
  const flow = Flow.safeParse(given)
  if (!flow.success) return refuse('Invalid request')
  const { template_id, recipients } = flow.data
  if (!template_id) return refuse('template id missing')
  if (recipients.length === 0) return refuse('Recipients missing')
  const texts = recipients.map(({ mobiles = '', ...values }) => ({ mobiles, values }))
  if (!texts.every(({ mobiles }) => MOBILE.test(mobiles))) return refuse('Please provide valid mobile number')
  const all = texts.flatMap(({ values }) => Object.values(values))
  if (!all.every((value) => typeof value === 'string' && Array.from(value).length <= MAX_VALUE_CHARACTERS))
    return refuse('Variable does not fit the template')
  const requestId = newRequestId()
  for (const { mobiles, values } of texts) {
    const to = `+${mobiles}`
    const summary = `${template_id}: ${Object.values(values).join(', ')}`
    journal.add('sms', summary, { to, templateId: template_id, values, requestId }, to)
  }
  return Response.json({ message: requestId, type: 'success' })
}

/**
 * control.msg91.com: keeps SMS in the journal instead of sending them. `POST /api/v5/otp` takes a code, its fields in the
 * query or the JSON body; `POST /api/v5/flow` takes a text for each recipient, in the JSON body. Another path is a 404;
 * whatever else is wrong is a 200 with `"type": "error"`.
 */
export function createMsg91({ journal, authKey }: Msg91Options) {
  return {
    async fetch(request: Request): Promise<Response> {
      const url = new URL(request.url)
      const path = url.pathname.replace(/\/$/, '')
      if (request.method !== 'POST' || !['/api/v5/otp', '/api/v5/flow'].includes(path)) {
        return Response.json({ message: 'Not found', type: 'error' }, { status: 404 })
      }
      if (request.headers.get('authkey') !== authKey) return refuse('AuthenticationFailure', '201')
      const body = Body.parse(await readJson(request))
      if (path === '/api/v5/flow') return sendFlow(journal, body)
      return sendOtp(journal, { ...Object.fromEntries(url.searchParams), ...body })
    },
  }
}
