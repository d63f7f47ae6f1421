import { z } from 'zod'
import { ServiceAccount } from '#packages/push/service-account.ts'
import { LANGUAGES } from '#packages/sms/languages.ts'
import { SMS_TEMPLATES } from '#packages/sms/sms-port.ts'
import type { S3Access } from '#packages/storage/s3-access.ts'

// Workers forbid code from strings: without this, zod tries once and catches the error.
z.config({ jitless: true })

const seconds = (fallback: number) => z.coerce.number().int().positive().default(fallback)
const list = z.string().transform((text) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== ''),
)

/** `name:value` with commas between, as a record. */
const pairs = list.transform((parts) =>
  Object.fromEntries(
    parts.map((part) => {
      const [name = '', value = ''] = part.split(':', 2).map((text) => text.trim())
      return [name, value]
    }),
  ),
)

/** What codes are counted by before they are sent. */
export const OTP_BUDGET_KINDS = ['phone', 'address', 'block', 'total'] as const

/** A private JSON Web Key of the P-256 curve. */
const SigningKey = z.looseObject({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  kid: z.string().min(1),
  x: z.string(),
  y: z.string(),
  d: z.string(),
})

/** Every variable the Worker reads, with its meaning in `.dev.vars.example`. */
export const Settings = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  DATABASE_TIMEOUT_MS: z.coerce.number().int().min(100).default(1400),
  UPSTASH_REDIS_REST_URL: z.url({ protocol: /^https$/ }),
  UPSTASH_REDIS_REST_TOKEN: z.string().min(1),
  REDIS_TIMEOUT_MS: z.coerce.number().int().min(50).default(500),
  /** At least 32 bytes of randomness; the keys of codes, quotes and boarding are derived from it. */
  APP_SECRET: z.string().min(32),
  JWT_SIGNING_KEYS: z
    .string()
    .transform((text, ctx) => {
      try {
        return JSON.parse(text) as unknown
      } catch {
        ctx.addIssue({ code: 'custom', message: 'is not JSON' })
        return z.NEVER
      }
    })
    .pipe(z.object({ keys: z.array(SigningKey).min(1) })),
  JWT_ISSUER: z.url(),
  JWT_AUDIENCE: z.string().min(1),
  JWT_EXPIRES_IN: seconds(900),
  REFRESH_EXPIRES_IN: seconds(60 * 24 * 3600),
  MSG91_AUTH_KEY: z.string().min(1),
  MSG91_OTP_TEMPLATE_ID: z.string().min(1),
  MSG91_OTP_TEMPLATES: pairs.pipe(z.partialRecord(z.enum(LANGUAGES), z.string().min(1))).prefault(''),
  /** By template and language: `document_expiring.hi`. */
  MSG91_FLOW_TEMPLATES: pairs
    .pipe(
      z.partialRecord(z.templateLiteral([z.enum(SMS_TEMPLATES), '.', z.enum(LANGUAGES)]), z.string().min(1)),
    )
    .prefault(''),
  /** Replaces how many codes a window has; the defaults are in workers/auth/otp-limits.ts. */
  OTP_BUDGETS: pairs
    .pipe(
      z.partialRecord(
        z.enum(OTP_BUDGET_KINDS),
        z
          .string()
          .regex(/^[1-9]\d{0,8}$/)
          .transform(Number),
      ),
    )
    .prefault(''),
  PHONE_COUNTRIES: list.default(['IN']),
  /** Phones, E.164, of the first administrators, who grant roles to everybody else. */
  ADMINISTRATORS: list.default([]),
  CORS_ORIGINS: list.default([]),
  /** Empty: routes go along straight lines, and places are the towns of the gazetteer. */
  GOOGLE_MAPS_API_KEY: z.string().default(''),
  /** Empty: nobody gets pushes. */
  FIREBASE_SERVICE_ACCOUNT: z
    .string()
    .default('')
    .transform((text, ctx) => {
      if (text === '') return undefined
      try {
        return JSON.parse(text) as unknown
      } catch {
        ctx.addIssue({ code: 'custom', message: 'is not JSON' })
        return z.NEVER
      }
    })
    .pipe(ServiceAccount.optional()),
  /** The API keys of Razorpay; empty: passengers pay the driver in cash. */
  RAZORPAY_KEY_ID: z.string().default(''),
  RAZORPAY_KEY_SECRET: z.string().default(''),
  /** Signs what Razorpay tells; another secret than that of the keys. */
  RAZORPAY_WEBHOOK_SECRET: z.string().default(''),
  /** The RazorpayX account that drivers are paid from; empty: the finance staff pays them by hand. */
  RAZORPAY_PAYOUT_ACCOUNT: z.string().default(''),
  /** Who issues receipts, as they print it; without a GSTIN they are no tax invoices. */
  SELLER_NAME: z.string().min(1).default('Margwa'),
  SELLER_ADDRESS: z.string().default(''),
  SELLER_GSTIN: z
    .string()
    .regex(/^(\d{2}[A-Z]{5}\d{4}[A-Z][1-9A-Z]Z[\dA-Z])?$/, 'has to be a GSTIN')
    .default(''),
  METRICS_TOKEN: z.string().min(16),
  /** Signatures travel to it: only this machine is reached without TLS. */
  R2_ENDPOINT: z.url().regex(/^(https:\/\/|http:\/\/127\.0\.0\.1(:\d+)?$)/, 'has to begin with https://'),
  R2_BUCKET: z.string().regex(/^[a-z0-9-]{3,63}$/, 'has to be the name of a bucket'),
  R2_ACCESS_KEY_ID: z.string().min(1),
  R2_SECRET_ACCESS_KEY: z.string().min(1),
})
export type Settings = z.infer<typeof Settings>

/** The bucket of files, as its S3 interface is reached. */
export function filesAccess(settings: Settings): S3Access {
  return {
    endpoint: settings.R2_ENDPOINT,
    bucket: settings.R2_BUCKET,
    accessKeyId: settings.R2_ACCESS_KEY_ID,
    secretAccessKey: settings.R2_SECRET_ACCESS_KEY,
  }
}

/** Says which variables are missing or malformed, by name and rule, never by value. */
export class SettingsError extends Error {
  constructor(issues: readonly z.core.$ZodIssue[]) {
    const lines = issues.map((issue) => `${issue.path.join('.') || 'environment'}: ${issue.message}`)
    super(`The environment is not complete.\n  ${lines.join('\n  ')}`)
    this.name = 'SettingsError'
  }
}

/** With a key of Razorpay its two secrets: without them what was paid would not be believed. */
const WholeSettings = Settings.superRefine((settings, ctx) => {
  const { RAZORPAY_KEY_ID: key, RAZORPAY_KEY_SECRET: secret, RAZORPAY_WEBHOOK_SECRET: webhookSecret } = settings
  if (key === '') return
  const refuse = (name: string, message: string) => ctx.addIssue({ code: 'custom', path: [name], message })
  if (secret === '') refuse('RAZORPAY_KEY_SECRET', 'is needed with RAZORPAY_KEY_ID')
  if (webhookSecret === '') refuse('RAZORPAY_WEBHOOK_SECRET', 'is needed with RAZORPAY_KEY_ID')
  else if (webhookSecret === secret)
    refuse('RAZORPAY_WEBHOOK_SECRET', 'has to be another than RAZORPAY_KEY_SECRET')
})

/** Reads the variables of an environment; throws a SettingsError. */
export function parseSettings(source: Record<string, unknown>): Settings {
  const result = WholeSettings.safeParse(source)
  if (!result.success) throw new SettingsError(result.error.issues)
  return result.data
}
