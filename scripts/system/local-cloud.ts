import { LOCAL_HOSTS } from '#packages/local-cloud/local-settings.ts'
import { createEgress, type Egress } from '../../packages/local-cloud/egress.ts'
import { createFcm } from '../../packages/local-cloud/stand-ins/fcm.ts'
import { createGoogleMaps } from '../../packages/local-cloud/stand-ins/google-maps/google-maps.ts'
import { Journal } from '../../packages/local-cloud/stand-ins/journal.ts'
import { createMsg91 } from '../../packages/local-cloud/stand-ins/msg91.ts'
import { createRazorpay } from '../../packages/local-cloud/stand-ins/razorpay/razorpay.ts'

interface Backing {
  fetch(request: Request): Promise<Response>
}

/** Every service the Worker may reach, behind its real hostname; anything else is refused and noted. */
export function createLocalCloud(database: Backing, redis: Backing, settings: Record<string, string>) {
  const journal = new Journal()
  const razorpay = createRazorpay({
    journal,
    keyId: 'rzp_local',
    keySecret: 'local-key',
    webhookSecret: 'local-webhook',
  })
  const maps = createGoogleMaps({ journal, apiKey: 'local-maps-key' })
  const fcm = createFcm({ journal, projectId: 'margwa-local' })
  const msg91 = createMsg91({ journal, authKey: settings['MSG91_AUTH_KEY'] ?? '' })
  const egress: Egress = createEgress(
    {
      [LOCAL_HOSTS.database]: (request) => database.fetch(request),
      [LOCAL_HOSTS.redis]: (request) => redis.fetch(request),
      'control.msg91.com': (request) => msg91.fetch(request),
      'oauth2.googleapis.com': (request) => fcm.fetch(request),
      'fcm.googleapis.com': (request) => fcm.fetch(request),
      'places.googleapis.com': (request) => maps.fetch(request),
      'routes.googleapis.com': (request) => maps.fetch(request),
      'maps.googleapis.com': (request) => maps.fetch(request),
      'api.razorpay.com': (request) => razorpay.fetch(request),
    },
    (url) => journal.add('refused', new URL(url).hostname, { url }),
  )
  return { journal, razorpay, egress }
}
