import { inject } from 'vitest'
import { z } from 'zod'

const Journal = z.object({ items: z.array(z.object({ data: z.record(z.string(), z.unknown()) })) })
export type JournalEntry = z.infer<typeof Journal>['items'][number]

/** The hosts behind which the system believes its services are. */
export const HOSTS = {
  database: 'api.local.neon.tech',
  redis: 'margwa-local.upstash.io',
  sms: 'control.msg91.com',
  roads: 'routes.googleapis.com',
  places: 'places.googleapis.com',
  geocoding: 'maps.googleapis.com',
  push: 'fcm.googleapis.com',
} as const

/** What was sent to somebody, newest first, from the developer inbox. */
export async function readJournal(
  kind: string,
  to: string,
  inboxUrl: string = inject('inboxUrl'),
): Promise<JournalEntry[]> {
  const response = await fetch(new URL(`/api/journal?${new URLSearchParams({ kind, to })}`, inboxUrl))
  return Journal.parse(await response.json()).items
}

/** Breaks a service, or repairs it. */
export async function setFault(
  service: keyof typeof HOSTS,
  mode: 'up' | 'refuse' | 'hang' | 'garbage',
): Promise<void> {
  const response = await fetch(new URL('/api/faults', inject('inboxUrl')), {
    method: 'POST',
    body: JSON.stringify({ host: HOSTS[service], mode }),
  })
  if (!response.ok) throw new Error(`The inbox answered ${response.status}: ${await response.text()}`)
}
