import { z } from 'zod'
import type { Journal } from '../stand-ins/journal.ts'
import { CALL_FAULTS } from '../stand-ins/razorpay/call-faults.ts'
import { CALL_NAMES, NEW_PAYOUT_STATES, NEW_REFUND_STATES } from '../stand-ins/razorpay/calls.ts'
import type { Razorpay } from '../stand-ins/razorpay/razorpay.ts'
import { MISHAPS } from '../stand-ins/razorpay/send-webhooks.ts'
import { readJson } from '../stand-ins/read-json.ts'
import type { InboxRoutes } from './inbox-api.ts'
import { issueOf, refuse } from './refuse.ts'

const MAX_TIMES = 10_000

const rule = { times: z.int().min(1).max(MAX_TIMES).optional(), about: z.string().min(1).optional() }
/** What befalls the next calls, webhooks, refunds or payouts. */
const NewRule = z.union([
  z.strictObject({
    call: z.enum(CALL_NAMES),
    mode: z.enum(CALL_FAULTS),
    done: z.boolean().optional(),
    ...rule,
  }),
  z.strictObject({ webhook: z.enum(MISHAPS), event: z.string().optional(), ...rule }),
  z.strictObject({ refund: z.enum(NEW_REFUND_STATES), ...rule }),
  z.strictObject({ payout: z.enum(NEW_PAYOUT_STATES), ...rule }),
])
const Release = z.strictObject({ reversed: z.boolean().optional() })

/**
 * `/api/gateway/rules`: how Razorpay goes wrong from now on, read, added to and cleared · `/api/gateway/release`: webhooks that were
 * held leave · `/api/gateway/books`: all that it has, to compare with.
 */
export function gatewayRules(razorpay: Razorpay, journal: Journal): InboxRoutes {
  const { faults, newRefunds, newPayouts, webhooks } = razorpay
  const all = () => ({
    calls: faults.list(),
    webhooks: webhooks.mishaps.list(),
    refunds: newRefunds.list(),
    payouts: newPayouts.list(),
    held: webhooks.held().map(({ id, event }) => ({ id, event })),
  })
  return {
    'GET /api/gateway/rules': async () => Response.json(all()),
    async 'POST /api/gateway/rules'(request) {
      const read = NewRule.safeParse(await readJson(request))
      if (!read.success) return refuse(400, issueOf(read.error))
      const { data } = read
      if ('call' in data) faults.add(data)
      else if ('webhook' in data) {
        const { webhook: mishap, ...rest } = data
        webhooks.mishaps.add({ mishap, ...rest })
      } else if ('refund' in data) {
        const { refund: state, ...rest } = data
        newRefunds.add({ state, ...rest })
      } else {
        const { payout: state, ...rest } = data
        newPayouts.add({ state, ...rest })
      }
      journal.touch()
      return Response.json(all())
    },
    async 'DELETE /api/gateway/rules'() {
      for (const rules of [faults, webhooks.mishaps, newRefunds, newPayouts]) rules.clear()
      journal.touch()
      return new Response(null, { status: 204 })
    },
    async 'POST /api/gateway/release'(request) {
      const read = Release.safeParse((await readJson(request)) ?? {})
      if (!read.success) return refuse(400, issueOf(read.error))
      const released = await webhooks.release((held) => (read.data.reversed ? held.toReversed() : held))
      return Response.json({ released })
    },
    async 'GET /api/gateway/books'() {
      const { orders, payments, refunds, payouts, fundAccounts } = razorpay.books
      const lists = Object.entries({ orders, payments, refunds, payouts, fundAccounts })
      return Response.json(Object.fromEntries(lists.map(([name, entities]) => [name, entities.recent()])))
    },
  }
}
