import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { exportPKCS8, generateKeyPair } from 'jose'
import { z } from 'zod'
import { randomToken } from '#packages/secrets/hash.ts'
import { newSigningKey } from '#packages/secrets/signing-key.ts'
import { BrokenDataError } from './broken-data-error.ts'

/** Where production clients believe their services are; the egress map answers for these hosts. */
export const LOCAL_HOSTS = {
  database: 'api.local.neon.tech',
  redis: 'margwa-local.upstash.io',
  files: 'local.r2.cloudflarestorage.com',
} as const

/** Of the right form for Neon's driver; the host stands for whatever database is behind the local Neon protocol. */
export const LOCAL_DATABASE_URL = 'postgres://margwa:local@ep-margwa.local.neon.tech/margwa'

/** The phone of the administrator, who makes others part of the staff. */
export const LOCAL_ADMINISTRATOR = '+919999900001'

/** The key that the stand-in for Google Maps knows. */
export const LOCAL_MAPS_KEY = 'local-maps-key'

/** The account that the stand-in for Razorpay knows. */
export const LOCAL_RAZORPAY = {
  RAZORPAY_KEY_ID: 'rzp_local',
  RAZORPAY_KEY_SECRET: 'local-key',
  RAZORPAY_WEBHOOK_SECRET: 'local-webhook',
  RAZORPAY_PAYOUT_ACCOUNT: '2323230000000001',
} as const

const REDIS_TOKEN = 'local-redis-token'

const Secrets = z.object({ APP_SECRET: z.string(), JWT_SIGNING_KEYS: z.string() })

async function makeSecrets(): Promise<z.infer<typeof Secrets>> {
  return { APP_SECRET: randomToken(32), JWT_SIGNING_KEYS: JSON.stringify({ keys: [await newSigningKey()] }) }
}

function readSecrets(file: string): z.infer<typeof Secrets> {
  try {
    return Secrets.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch (cause) {
    throw new BrokenDataError(
      `${file} cannot be read. Delete it to make new secrets; sign-ins end with the old.`,
      {
        cause,
      },
    )
  }
}

/** Of the project that the stand-in for FCM has; its key is a new one each time. */
export const LOCAL_FIREBASE_PROJECT = 'margwa-local'

async function newServiceAccount(): Promise<string> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true })
  return JSON.stringify({
    project_id: LOCAL_FIREBASE_PROJECT,
    client_email: `push@${LOCAL_FIREBASE_PROJECT}.iam.gserviceaccount.com`,
    private_key: await exportPKCS8(privateKey),
  })
}

/** The Worker's variables on one machine. Secrets are made once and kept in `file`, so that sign-ins survive a restart. */
export async function localSettings(baseUrl: string, file?: string): Promise<Record<string, string>> {
  const secrets = file && existsSync(file) ? readSecrets(file) : await makeSecrets()
  if (file && !existsSync(file)) {
    mkdirSync(dirname(file), { recursive: true })
    // The rename makes it whole: a kill in between leaves no half file.
    writeFileSync(`${file}.new`, JSON.stringify(secrets, null, 2), { mode: 0o600 })
    renameSync(`${file}.new`, file)
  }
  return {
    ...secrets,
    DATABASE_URL: LOCAL_DATABASE_URL,
    UPSTASH_REDIS_REST_URL: `https://${LOCAL_HOSTS.redis}`,
    UPSTASH_REDIS_REST_TOKEN: REDIS_TOKEN,
    JWT_ISSUER: baseUrl,
    JWT_AUDIENCE: 'margwa-app',
    MSG91_AUTH_KEY: 'local',
    ...LOCAL_RAZORPAY,
    MSG91_OTP_TEMPLATE_ID: 'local-otp',
    MSG91_OTP_TEMPLATES: 'hi:local-otp-hi,kn:local-otp-kn',
    MSG91_FLOW_TEMPLATES:
      'document_expiring.en:local-expiring,document_expiring.hi:local-expiring-hi,document_rejected.en:local-rejected,' +
      'sos_raised.en:local-sos-raised,sos_raised.hi:local-sos-raised-hi,sos_resolved.en:local-sos-resolved,' +
      'ride_cancelled.en:local-ride-cancelled,ride_cancelled.hi:local-ride-cancelled-hi',
    // Tests sign hundreds of people in with numbers in a row, and the same administrator again and again.
    OTP_BUDGETS: 'phone:40,block:20000,total:50000',
    ADMINISTRATORS: LOCAL_ADMINISTRATOR,
    GOOGLE_MAPS_API_KEY: LOCAL_MAPS_KEY,
    FIREBASE_SERVICE_ACCOUNT: await newServiceAccount(),
    METRICS_TOKEN: 'local-metrics-token',
    R2_ENDPOINT: `https://${LOCAL_HOSTS.files}`,
    R2_BUCKET: 'margwa-files',
    R2_ACCESS_KEY_ID: 'local-r2-key',
    R2_SECRET_ACCESS_KEY: 'local-r2-secret',
  }
}
