import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'
import { randomToken } from '#packages/secrets/hash.ts'
import { newSigningKey } from '#packages/secrets/signing-key.ts'
import { BrokenDataError } from './broken-data-error.ts'

/** Where production clients believe their services are; the egress map answers for these hosts. */
export const LOCAL_HOSTS = {
  database: 'api.local.neon.tech',
  redis: 'margwa-local.upstash.io',
} as const

/** Of the right form for Neon's driver; the host stands for whatever database is behind the local Neon protocol. */
export const LOCAL_DATABASE_URL = 'postgres://margwa:local@ep-margwa.local.neon.tech/margwa'

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
    MSG91_OTP_TEMPLATE_ID: 'local-otp',
    METRICS_TOKEN: 'local-metrics-token',
  }
}
