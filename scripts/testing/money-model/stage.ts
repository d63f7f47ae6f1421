import { vi } from 'vitest'
import { databaseProblem } from '../../../db/errors.ts'
import { Problem } from '../../../packages/errors/problem.ts'
import { LOCAL_RAZORPAY } from '../../../packages/local-cloud/local-settings.ts'
import { Journal } from '../../../packages/local-cloud/stand-ins/journal.ts'
import { RazorpayError } from '../../../packages/local-cloud/stand-ins/razorpay/entities.ts'
import { createRazorpay, type Razorpay } from '../../../packages/local-cloud/stand-ins/razorpay/razorpay.ts'
import { GatewayError } from '../../../packages/payments/payment-port.ts'
import type { Ctx, Services } from '../../../workers/context.ts'
import { parseSettings } from '../../../workers/env.ts'
import type { Operation } from '../../../workers/http/operation.ts'
import { receiveWebhook } from '../../../workers/payments/receive-webhook.ts'
import { composeServices } from '../../../workers/services.ts'
import { completeVariables } from '../../../workers/testing/complete-variables.ts'
import { openWorld } from '../open-world.ts'
import { nobodyLive, unused } from '../surroundings.ts'
import { Crash, Lifeline } from './crash.ts'

const GATEWAY = 'api.razorpay.com'

export type Stage = Awaited<ReturnType<typeof openStage>>
export type Merchant = Razorpay

/** The application as money knows it: a world of its own, operations and runners, a gateway, and a lifeline between them. */
export async function openStage() {
  const db = await openWorld()
  const ofDatabase = globalThis.fetch
  let answer: (request: Request) => Promise<Response> = () => Promise.reject(new Error('no gateway'))
  const lifeline = new Lifeline((url, init) =>
    new URL(url).host === GATEWAY ? answer(new Request(url, init)) : ofDatabase(url, init),
  )
  vi.stubGlobal('fetch', (url: string | URL, init: RequestInit) => lifeline.fetch(String(url), init))
  vi.useFakeTimers({ toFake: ['Date'] })

  const faults: unknown[] = []
  const deferred: Promise<unknown>[] = []
  const composed = await composeServices(parseSettings({ ...(await completeVariables()), ...LOCAL_RAZORPAY }), {
    live: nobodyLive(),
    metrics: { observe: unused, isDue: unused, flush: unused, expose: unused },
    platform: {
      callerAddress: unused,
      keepAlive: unused,
      refuseSocket: unused,
      drainSoon: async () => undefined,
    },
    objects: { put: unused, size: unused, get: unused, delete: unused },
    pictures: { makeAvatars: unused, cleanPicture: unused },
  })
  const log: Services['log'] = {
    info: () => undefined,
    warn: () => undefined,
    error: (_message, fields) => void faults.push(fields?.['error'] ?? fields),
  }
  const services = Object.assign(composed, { db, log })

  /** Calls an operation as this person; what it defers goes on until `rest`. */
  const call = async (operation: Operation, userId: string | null, input: object = {}, request = nothing) => {
    const actor =
      userId === null ? null : { userId, sessionId: userId, role: 'user' as const, tokenExpiresAt: 0 }
    const ctx: Ctx<typeof actor> = {
      ...{ ...services, actor, request, now: Date.now(), requestId: 'model', replyHeaders: new Headers() },
      defer: (work) => void deferred.push(work.catch((error: unknown) => faults.push(error))),
    }
    const reply = await operation.run(ctx, { params: {}, query: {}, body: undefined, ...input })
    return reply instanceof Response ? await reply.json() : reply.body
  }

  return {
    ...{ db, services, call },
    /** Another merchant's account at the gateway, whose webhooks come here. */
    newMerchant: (): Razorpay => {
      const merchant = createRazorpay({
        journal: new Journal(),
        keyId: LOCAL_RAZORPAY.RAZORPAY_KEY_ID,
        keySecret: LOCAL_RAZORPAY.RAZORPAY_KEY_SECRET,
        webhookSecret: LOCAL_RAZORPAY.RAZORPAY_WEBHOOK_SECRET,
        payoutAccount: LOCAL_RAZORPAY.RAZORPAY_PAYOUT_ACCOUNT,
        webhookUrl: 'https://api.margwa.test/api/v1/payments/webhook',
        // What is not taken at once is lost: the reconciler has to find it.
        retryDelays: [],
        send: async (request) => Response.json(await call(receiveWebhook, null, {}, request)),
      })
      answer = (request) => merchant.fetch(request)
      return merchant
    },
    /**
     * Lets something happen, maybe to its crash, and waits for what goes on behind it. Undefined: it was refused, or did not
     * outlive it. Rejects with what nobody should ever see.
     */
    live: async <T>(work: () => Promise<T>, merchant: Razorpay, plan: Parameters<Lifeline['begin']>[0]) => {
      lifeline.begin(plan)
      const outcome = await work().catch((error: unknown) => excuse(error, lifeline.hasCrashed))
      await Promise.allSettled(deferred.splice(0))
      await merchant.settled()
      await Promise.allSettled(deferred.splice(0))
      for (const fault of faults.splice(0)) excuse(fault, lifeline.hasCrashed)
      lifeline.begin(null)
      return outcome
    },
  }
}

const nothing = new Request('https://api.margwa.test/')

/** Refusals, a gateway that fails, and what follows from a crash are what the model wants to see; anything else is not. */
function excuse(error: unknown, hasCrashed: boolean): undefined {
  if (hasCrashed || error instanceof Crash || error instanceof RazorpayError || error instanceof GatewayError)
    return
  const problem = error instanceof Problem ? error : databaseProblem(error)
  if (!problem || problem.code === 'internal') throw error
}
