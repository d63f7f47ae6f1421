import { expect, test } from 'vitest'
import { Journal } from './journal.ts'
import { createMsg91 } from './msg91.ts'

const journal = new Journal(() => 0)
const msg91 = createMsg91({ journal, authKey: 'key' })

async function post(
  fields: Record<string, unknown>,
  { authkey = 'key', query = '', path = '/api/v5/otp' } = {},
) {
  const response = await msg91.fetch(
    new Request(`https://control.msg91.com${path}${query}`, {
      method: 'POST',
      headers: { authkey },
      body: JSON.stringify(fields),
    }),
  )
  return { status: response.status, body: await response.json() }
}

const good = { template_id: 't1', mobile: '919876543210', otp: '482913', otp_length: 6, otp_expiry: 5 }

test('an SMS is kept with its code', async () => {
  const { status, body } = await post(good)
  expect(status).toBe(200)
  expect(body).toEqual({ type: 'success', request_id: expect.stringMatching(/^[0-9a-f]{24}$/) })
  expect(journal.list({ to: '+919876543210' })[0]).toMatchObject({
    kind: 'sms',
    data: { code: '482913', templateId: 't1', expiresInMinutes: 5 },
  })
})

test('the fields may stand in the query', async () => {
  const query = '?template_id=t1&mobile=919876543211&otp=1234'
  expect((await post({}, { query })).body).toMatchObject({ type: 'success' })
})

test.each([
  ['a foreign key', good, { authkey: 'other' }, 'AuthenticationFailure'],
  ['no template', { ...good, template_id: undefined }, {}, 'Template ID missing'],
  ['a number with a plus', { ...good, mobile: '+919876543210' }, {}, 'Please provide valid mobile number'],
  ['a number without the country', { ...good, mobile: '9876543210' }, {}, 'Please provide valid mobile number'],
  ['no code', { ...good, otp: '' }, {}, 'OTP must be 4 to 9 digits'],
  ['a code of another length', { ...good, otp: '1234' }, {}, 'OTP length does not match'],
  ['no time to live', { ...good, otp_expiry: 0 }, {}, 'Invalid OTP expiry'],
])('%s is refused in a 200 and not kept', async (_name, fields, options, message) => {
  const before = journal.list().length
  const { status, body } = await post(fields, options)
  expect(status).toBe(200)
  expect(body).toMatchObject({ type: 'error', message })
  expect(journal.list()).toHaveLength(before)
})

const flow = {
  template_id: 'f1',
  short_url: '0',
  recipients: [{ mobiles: '919876543212', document: 'Insurance', days: '15' }],
}
const path = '/api/v5/flow'

test('a text is kept with its template and its values', async () => {
  const { status, body } = await post(flow, { path })
  expect(status).toBe(200)
  expect(body).toEqual({ type: 'success', message: expect.stringMatching(/^[0-9a-f]{24}$/) })
  expect(journal.list({ to: '+919876543212' })[0]).toMatchObject({
    kind: 'sms',
    data: { templateId: 'f1', values: { document: 'Insurance', days: '15' } },
  })
})

test.each([
  ['a foreign key', flow, { authkey: 'other' }, 'AuthenticationFailure'],
  ['no template', { ...flow, template_id: undefined }, {}, 'template id missing'],
  ['nobody', { ...flow, recipients: [] }, {}, 'Recipients missing'],
  ['no list', { ...flow, recipients: 'all' }, {}, 'Recipients missing'],
  ['no number', { ...flow, recipients: [{ days: '1' }] }, {}, 'Please provide valid mobile number'],
  [
    'a number with a plus',
    { ...flow, recipients: [{ mobiles: '+919876543210' }] },
    {},
    'Please provide valid mobile number',
  ],
  [
    'a long value',
    { ...flow, recipients: [{ mobiles: '919876543210', reason: 'x'.repeat(31) }] },
    {},
    'Variable does not fit the template',
  ],
  ['a strange short_url', { ...flow, short_url: 'no' }, {}, 'Invalid request'],
])('a text with %s is refused in a 200 and not kept', async (_name, fields, options, message) => {
  const before = journal.list().length
  const { status, body } = await post(fields, { path, ...options })
  expect(status).toBe(200)
  expect(body).toMatchObject({ type: 'error', message })
  expect(journal.list()).toHaveLength(before)
})

test('another path does not exist', async () => {
  expect((await post(good, { path: '/api/v5/sms' })).status).toBe(404)
})
