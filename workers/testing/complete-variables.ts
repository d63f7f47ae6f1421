import { newSigningKey } from '#packages/secrets/signing-key.ts'

/** An environment with every variable that has no default. */
export async function completeVariables(): Promise<Record<string, string>> {
  return {
    DATABASE_URL: 'postgres://user:password@ep-test.example.neon.tech/margwa',
    UPSTASH_REDIS_REST_URL: 'https://test.upstash.io',
    UPSTASH_REDIS_REST_TOKEN: 'token',
    APP_SECRET: 'thirty-two characters at the least',
    JWT_SIGNING_KEYS: JSON.stringify({ keys: [await newSigningKey()] }),
    JWT_ISSUER: 'https://api.margwa.test',
    JWT_AUDIENCE: 'margwa-app',
    MSG91_AUTH_KEY: 'key',
    MSG91_OTP_TEMPLATE_ID: 'template',
    METRICS_TOKEN: 'sixteen characters',
    R2_ENDPOINT: 'https://account.r2.cloudflarestorage.com',
    R2_BUCKET: 'margwa-files',
    R2_ACCESS_KEY_ID: 'key-id',
    R2_SECRET_ACCESS_KEY: 'secret',
  }
}
