import { z } from 'zod'
import { DEFAULT_LANGUAGE, LANGUAGES } from '#packages/sms/languages.ts'

/** What operations may write to people themselves. */
export const REQUEST_KINDS = ['announcement', 'offer'] as const
/** The most people one request can name. */
export const MAX_RECIPIENTS = 500

const Text = z.object({ title: z.string(), body: z.string() })

/** A request of operations, as the outbox carries it. */
export const Request = z.object({
  kind: z.enum(REQUEST_KINDS),
  userIds: z.array(z.string()),
  /** By language; who reads none of them gets the default one. */
  written: z.partialRecord(z.enum(LANGUAGES), Text).refine((written) => DEFAULT_LANGUAGE in written),
})
export type Request = z.infer<typeof Request>
