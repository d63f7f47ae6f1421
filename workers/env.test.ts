import { expect, test } from 'vitest'
import { parseSettings, SettingsError } from './env.ts'
import { completeVariables } from './testing/complete-variables.ts'

const complete = await completeVariables()

/** The message of the refusal of an environment; fails when it is accepted. */
function refusal(variables: Record<string, unknown>): string {
  try {
    parseSettings(variables)
  } catch (error) {
    if (error instanceof SettingsError) return error.message
    throw error
  }
  throw new Error('the environment was accepted')
}

test('a complete environment is read, with defaults for what has one', () => {
  const settings = parseSettings({ ...complete, PHONE_COUNTRIES: 'IN, NP' })
  expect(settings).toMatchObject({
    JWT_EXPIRES_IN: 900,
    DATABASE_TIMEOUT_MS: 1400,
    PHONE_COUNTRIES: ['IN', 'NP'],
  })
  expect(settings.JWT_SIGNING_KEYS.keys).toHaveLength(1)
})

test('lists of names with values are read; what is not there keeps its default', () => {
  const settings = parseSettings({
    ...complete,
    OTP_BUDGETS: 'phone:3, total:9000',
    MSG91_OTP_TEMPLATES: 'hi:one,kn:two',
    MSG91_FLOW_TEMPLATES: 'document_expiring.hi:three',
  })
  expect(settings).toMatchObject({
    OTP_BUDGETS: { phone: 3, total: 9000 },
    MSG91_OTP_TEMPLATES: { hi: 'one', kn: 'two' },
    MSG91_FLOW_TEMPLATES: { 'document_expiring.hi': 'three' },
  })
  expect(parseSettings(complete)).toMatchObject({ OTP_BUDGETS: {}, MSG91_OTP_TEMPLATES: {} })
})

test.each([
  ['OTP_BUDGETS', 'street:5'],
  ['OTP_BUDGETS', 'phone:0'],
  ['MSG91_OTP_TEMPLATES', 'fr:one'],
  ['MSG91_FLOW_TEMPLATES', 'document_expiring:one'],
])('%s does not know %s', (name, value) => {
  expect(refusal({ ...complete, [name]: value })).toContain(name)
})

test('what is missing is named, all of it at once', () => {
  const { DATABASE_URL: _, APP_SECRET: __, ...rest } = complete
  expect(refusal(rest)).toMatch(/DATABASE_URL[\s\S]*APP_SECRET/)
})

test.each([
  ['DATABASE_URL', 'mysql://root:hunter2@db/x'],
  ['UPSTASH_REDIS_REST_URL', 'http://hunter2.example'],
  ['APP_SECRET', 'hunter2'],
  ['JWT_SIGNING_KEYS', '{"keys":[{"kty":"oct","k":"hunter2"}]}'],
  ['JWT_SIGNING_KEYS', 'hunter2'],
  ['JWT_EXPIRES_IN', 'hunter2'],
  ['METRICS_TOKEN', 'hunter2'],
  ['OTP_BUDGETS', 'phone:hunter2'],
  ['OTP_BUDGETS', 'phone'],
  ['MSG91_OTP_TEMPLATES', 'hi:'],
  ['R2_ENDPOINT', 'http://hunter2.example'],
  ['R2_ENDPOINT', 'http://127.0.0.1:1.hunter2.example'],
  ['R2_BUCKET', 'hunter2/other'],
])('a malformed %s is refused by name, never by value', (name, value) => {
  const message = refusal({ ...complete, [name]: value })
  expect(message).toContain(name)
  expect(message).not.toContain('hunter2')
})

test('a key of Razorpay comes with two different secrets', () => {
  const keys = { RAZORPAY_KEY_ID: 'rzp', RAZORPAY_KEY_SECRET: 'one', RAZORPAY_WEBHOOK_SECRET: 'two' }
  expect(parseSettings({ ...complete, ...keys })).toMatchObject(keys)
  expect(refusal({ ...complete, ...keys, RAZORPAY_KEY_SECRET: '' })).toContain('RAZORPAY_KEY_SECRET')
  expect(refusal({ ...complete, ...keys, RAZORPAY_WEBHOOK_SECRET: '' })).toContain('RAZORPAY_WEBHOOK_SECRET')
  expect(refusal({ ...complete, ...keys, RAZORPAY_WEBHOOK_SECRET: 'one' })).toContain('has to be another')
})
