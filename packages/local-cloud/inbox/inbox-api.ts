import { z } from 'zod'
import { type Egress, FAULT_MODES } from '../egress.ts'
import { JOURNAL_KINDS, type Journal } from '../stand-ins/journal.ts'
import type { Razorpay } from '../stand-ins/razorpay/razorpay.ts'
import { readJson } from '../stand-ins/read-json.ts'
import { issueOf, refuse } from './refuse.ts'

export interface InboxSources {
  journal: Journal
  razorpay: Razorpay
  egress: Pick<Egress, 'setDown' | 'hosts'>
}

type Handler = (request: Request, url: URL) => Promise<Response>
export type InboxRoutes = Readonly<Record<string, Handler>>

const JournalQuery = z.object({
  kind: z.enum(JOURNAL_KINDS).optional(),
  // `+91…` that was not encoded arrives with a space.
  to: z
    .string()
    .transform((text) => text.replace(/^ /, '+'))
    .optional(),
  after: z.iso
    .datetime({ offset: true })
    .transform((text) => Date.parse(text))
    .optional(),
  limit: z.coerce.number().int().min(1).max(1000).optional(),
})

const Fault = z.object({ host: z.string(), mode: z.enum(['up', ...FAULT_MODES]).nullable() })

/** The JSON routes of the inbox, by method and path. */
export function inboxApi({ journal, egress }: Pick<InboxSources, 'journal' | 'egress'>): InboxRoutes {
  const faults = () => ({ items: egress.hosts().map(({ host, mode }) => ({ host, mode: mode ?? 'up' })) })
  return {
    async 'GET /api/journal'(_request, url) {
      const query = JournalQuery.safeParse(Object.fromEntries(url.searchParams))
      if (!query.success) return refuse(400, issueOf(query.error))
      const { kind, to, after, limit } = query.data
      const items = journal.list({
        ...(kind && { kind }),
        ...(to !== undefined && { to }),
        ...(after !== undefined && { after }),
        ...(limit !== undefined && { limit }),
      })
      return Response.json({ items })
    },
    async 'DELETE /api/journal'() {
      journal.clear()
      return new Response(null, { status: 204 })
    },
    async 'GET /api/faults'() {
      return Response.json(faults())
    },
    async 'POST /api/faults'(request) {
      const fault = Fault.safeParse(await readJson(request))
      if (!fault.success) return refuse(400, issueOf(fault.error))
      const { host, mode } = fault.data
      if (!egress.hosts().some((known) => known.host === host)) return refuse(404, `No route is named ${host}`)
      egress.setDown(host, mode === 'up' || mode === null ? undefined : mode)
      journal.touch()
      return Response.json(faults())
    },
  }
}
