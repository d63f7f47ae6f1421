import { Redis } from '@upstash/redis'
import { openDb } from '#db/client.ts'
import { findPlaces } from '#packages/places/find-places.ts'
import { firebasePush } from '#packages/push/firebase-push.ts'
import { noPush } from '#packages/push/no-push.ts'
import { razorpay } from '#packages/razorpay/razorpay.ts'
import { findRoads } from '#packages/routes/find-roads.ts'
import { deriveSecret } from '#packages/secrets/derive-secret.ts'
import { base64url } from '#packages/secrets/encode-bytes.ts'
import { msg91 } from '#packages/sms/msg91.ts'
import type { Host, Keys, Services } from './context.ts'
import type { Settings } from './env.ts'
import { alertOfRoutes } from './events/alert-searchers.ts'
import { drainDeliveries } from './events/drain-deliveries.ts'
import { drainOutbox } from './events/drain-outbox.ts'
import { sendPayouts } from './events/send-payouts.ts'
import { sweep } from './events/sweep.ts'
import { takeWebhooks } from './events/take-webhooks.ts'
import { filePort } from './files/file-port.ts'
import { accessTokens } from './http/access-tokens.ts'
import { jsonLog } from './http/log.ts'

async function deriveKeys(secret: string): Promise<Keys> {
  const derive = (purpose: string) => deriveSecret(secret, purpose)
  const [otp, links, documentNumbers, payoutDetails, quote, searches, alerts, boarding] = await Promise.all([
    derive('otp/1'),
    derive('links/1'),
    derive('document-number/1'),
    derive('payout-details/1'),
    derive('quote/1'),
    derive('searches/1'),
    derive('alerts/1'),
    derive('boarding/1'),
  ])
  return { otp, links, documentNumbers, payoutDetails, quote, searches, alerts, boarding: base64url(boarding) }
}

/** The composition root: everything an operation may use, from the settings and the place the application runs in. */
export async function composeServices(settings: Settings, host: Host): Promise<Services> {
  const db = openDb(settings.DATABASE_URL, settings.DATABASE_TIMEOUT_MS)
  const redis = new Redis({
    url: settings.UPSTASH_REDIS_REST_URL,
    token: settings.UPSTASH_REDIS_REST_TOKEN,
    // A caller waits for this: one quick try, and the caller tries again.
    retry: false,
    signal: () => AbortSignal.timeout(settings.REDIS_TIMEOUT_MS),
  })
  // oxlint-disable-next-line no-console -- the console is where Workers and Deno collect logs
  const log = jsonLog((line) => console.log(line))
  const [keys, tokens] = await Promise.all([deriveKeys(settings.APP_SECRET), accessTokens(settings)])
  const sms = msg91({
    authKey: settings.MSG91_AUTH_KEY,
    otpTemplate: settings.MSG91_OTP_TEMPLATE_ID,
    otpTemplates: settings.MSG91_OTP_TEMPLATES,
    flowTemplates: settings.MSG91_FLOW_TEMPLATES,
  })
  const account = settings.FIREBASE_SERVICE_ACCOUNT
  const push = account ? firebasePush(account) : noPush
  const payments =
    settings.RAZORPAY_KEY_ID === ''
      ? null
      : razorpay({
          keyId: settings.RAZORPAY_KEY_ID,
          keySecret: settings.RAZORPAY_KEY_SECRET,
          webhookSecret: settings.RAZORPAY_WEBHOOK_SECRET,
          payoutAccount: settings.RAZORPAY_PAYOUT_ACCOUNT,
        })
  const roads = findRoads({
    apiKey: settings.GOOGLE_MAPS_API_KEY,
    onFallback: (reason) => log.warn('straight lines instead of roads', { error: reason }),
  })
  const places = findPlaces({
    apiKey: settings.GOOGLE_MAPS_API_KEY,
    memory: redis,
    clock: Date.now,
    onFallback: (reason) => log.warn('the gazetteer instead of Google', { error: reason }),
  })
  const files = filePort({ ...host, db, keys, settings })
  const services: Services = {
    ...host,
    ...{ settings, db, redis, log, keys, tokens, sms, push, payments, roads, places, files },
    drainOutbox: async () => {
      const delivered = await drainOutbox(services)
      await drainDeliveries(services)
      return delivered
    },
    alertOfRoutes: (routeIds) => alertOfRoutes(services, routeIds, new Date()),
    sendPayouts: () => sendPayouts(services, new Date()),
    takeWebhooks: async () => {
      const { webhooksTaken } = await takeWebhooks(services, new Date())
      if (webhooksTaken > 0) await services.drainOutbox()
    },
    sweep: () => sweep(services),
  }
  return services
}
