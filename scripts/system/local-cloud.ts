import {
  LOCAL_FIREBASE_PROJECT,
  LOCAL_HOSTS,
  LOCAL_MAPS_KEY,
  LOCAL_RAZORPAY,
} from '#packages/local-cloud/local-settings.ts'
import { createEgress, type Egress } from '../../packages/local-cloud/egress.ts'
import { serveHttp } from '../../packages/local-cloud/inbox/serve-http.ts'
import { createFcm } from '../../packages/local-cloud/stand-ins/fcm.ts'
import { createGoogleMaps } from '../../packages/local-cloud/stand-ins/google-maps/google-maps.ts'
import { Journal } from '../../packages/local-cloud/stand-ins/journal.ts'
import { createMsg91 } from '../../packages/local-cloud/stand-ins/msg91.ts'
import { createR2, MAX_UPLOAD_BYTES } from '../../packages/local-cloud/stand-ins/r2/r2.ts'
import { createRazorpay } from '../../packages/local-cloud/stand-ins/razorpay/razorpay.ts'

interface Backing {
  fetch(request: Request): Promise<Response>
}

/**
 * Every service the Worker may reach, behind its real hostname; anything else is refused and noted. R2 is also at an
 * address of this machine, since whoever uploads a file directly has no part in the egress.
 */
export async function startLocalCloud(database: Backing, redis: Backing, settings: Record<string, string>) {
  const journal = new Journal()
  const razorpay = createRazorpay({
    journal,
    keyId: LOCAL_RAZORPAY.RAZORPAY_KEY_ID,
    keySecret: LOCAL_RAZORPAY.RAZORPAY_KEY_SECRET,
    webhookSecret: LOCAL_RAZORPAY.RAZORPAY_WEBHOOK_SECRET,
    payoutAccount: LOCAL_RAZORPAY.RAZORPAY_PAYOUT_ACCOUNT,
  })
  const maps = createGoogleMaps({ journal, apiKey: LOCAL_MAPS_KEY })
  const fcm = createFcm({ journal, projectId: LOCAL_FIREBASE_PROJECT })
  const msg91 = createMsg91({ journal, authKey: settings['MSG91_AUTH_KEY'] ?? '' })
  const r2 = createR2({
    bucketName: settings['R2_BUCKET'] ?? '',
    accessKeyId: settings['R2_ACCESS_KEY_ID'] ?? '',
    secretAccessKey: settings['R2_SECRET_ACCESS_KEY'] ?? '',
  })
  const r2Server = await serveHttp((request) => egress(movedTo(r2Server.url, request)), {
    maxBodyBytes: MAX_UPLOAD_BYTES,
  })
  const egress: Egress = createEgress(
    {
      [LOCAL_HOSTS.database]: (request) => database.fetch(request),
      [LOCAL_HOSTS.redis]: (request) => redis.fetch(request),
      [LOCAL_HOSTS.files]: (request) => r2.fetch(request),
      'control.msg91.com': (request) => msg91.fetch(request),
      'oauth2.googleapis.com': (request) => fcm.fetch(request),
      'fcm.googleapis.com': (request) => fcm.fetch(request),
      'places.googleapis.com': (request) => maps.fetch(request),
      'routes.googleapis.com': (request) => maps.fetch(request),
      'maps.googleapis.com': (request) => maps.fetch(request),
      'api.razorpay.com': (request) => razorpay.fetch(request),
    },
    (url) => journal.add('refused', new URL(url).hostname, { url }),
    { [new URL(r2Server.url).host]: LOCAL_HOSTS.files },
  )
  return { journal, razorpay, egress, r2, r2Url: r2Server.url, close: () => r2Server.close() }
}

function movedTo(origin: string, request: Request): Request {
  const { pathname, search } = new URL(request.url)
  return new Request(new URL(`${pathname}${search}`, origin), request)
}
