import { sql } from 'drizzle-orm'
import { afterAll, beforeEach, vi } from 'vitest'
import type { Db } from '../../db/client.ts'
import { Journal } from '../../packages/local-cloud/stand-ins/journal.ts'
import { createRazorpay, type Razorpay } from '../../packages/local-cloud/stand-ins/razorpay/razorpay.ts'
import { razorpay } from '../../packages/razorpay/razorpay.ts'
import { followPayouts } from '../../workers/events/follow-payouts.ts'
import { sendPayouts } from '../../workers/events/send-payouts.ts'
import { KEY } from './payouts-world.ts'

const ACCOUNT = {
  ...{ keyId: 'rzp_test_1', keySecret: 'key-secret', webhookSecret: 'webhook-secret' },
  payoutAccount: '2323230000000001',
}

/** The account as the application's environment has it. */
export const ACCOUNT_VARIABLES = {
  RAZORPAY_KEY_ID: ACCOUNT.keyId,
  RAZORPAY_KEY_SECRET: ACCOUNT.keySecret,
  RAZORPAY_WEBHOOK_SECRET: ACCOUNT.webhookSecret,
  RAZORPAY_PAYOUT_ACCOUNT: ACCOUNT.payoutAccount,
}

/** What a payout costs at the stand-in, with its tax. */
export const FEE = 236

/** Where the process dies: at its so-manieth request to the database or the gateway, before that is done or after. */
interface Death {
  step: number
  when: 'before' | 'after'
}

/**
 * The stand-in of Razorpay behind the production client, beside the database that `fetch` reaches already. All that the application
 * does to the world goes through `fetch`: after a death every request fails, until the process is started again.
 */
export function openPayoutGateway() {
  const toDatabase = globalThis.fetch
  const gateway: Razorpay = createRazorpay({ ...ACCOUNT, journal: new Journal() })
  let death: Death | undefined
  let steps = 0
  const asked: string[] = []
  vi.stubGlobal('fetch', async (url: string | URL, init: RequestInit) => {
    const step = ++steps
    const isDead = () =>
      death !== undefined && (step > death.step || (step === death.step && death.when === 'before'))
    if (isDead()) throw new Error('dead')
    const { host, pathname } = new URL(url)
    const isGateway = host === 'api.razorpay.com'
    if (isGateway) asked.push(`${init.method} ${pathname.replace(/^\/v1\//, '')}`)
    const answer = isGateway ? await gateway.fetch(new Request(url, init)) : await toDatabase(url, init)
    if (death?.step === step) throw new Error('dead')
    return answer
  })
  afterAll(() => gateway.close())
  return {
    gateway,
    /** Every request to the gateway: its method and path. */
    asked,
    payments: razorpay(ACCOUNT),
    /** The payouts in the gateway's books that are of this one of ours. */
    booked: (id: string) => gateway.payouts(1000).filter((payout) => payout.reference_id === id),
    /** Counts the requests of some work, which dies as said. */
    live: async (work: () => Promise<unknown>, dying?: Death): Promise<number> => {
      steps = 0
      death = dying
      await work().catch((error: unknown) => {
        if (!dying) throw error
      })
      death = undefined
      return steps
    },
  }
}

/** The runners of payouts over this gateway, without chance; before each test no fault is left, and no payout is due. */
export function payoutRunners(db: Db, { gateway, asked, payments }: ReturnType<typeof openPayoutGateway>) {
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined }
  const around = { db, payments, log, keys: { payoutDetails: KEY } }
  beforeEach(async () => {
    gateway.faults.clear()
    await db.execute(sql`update payouts set try_at = null`)
    asked.length = 0
  })
  return {
    around,
    send: (now: Date) => sendPayouts(around, now, () => 1),
    follow: (now: Date) => followPayouts(around, now, () => 1),
  }
}
