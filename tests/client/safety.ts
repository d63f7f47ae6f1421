import { inject } from 'vitest'
import { z } from 'zod'
import { type ApiReply, call, expectBody } from './api.ts'
import { readJournal } from './inbox.ts'
import type { Person } from './people.ts'

const PATIENCE_MS = 5_000
const PAUSE_MS = 100

const NewLink = z.object({ id: z.string(), url: z.string(), createdAt: z.string(), expiresAt: z.string() })
const Alert = z.looseObject({
  id: z.string(),
  state: z.string(),
  rideId: z.string().nullable(),
  url: z.string(),
})
export type Alert = z.infer<typeof Alert>

export const tokenOf = ({ url }: { url: string }): string => url.split('/').at(-1) ?? ''

export const askShare = ({ token }: Person, rideId: string): Promise<ApiReply> =>
  call('POST', `/api/v1/rides/${rideId}/share`, { token })

/** A link that must be made. */
export async function share(person: Person, rideId: string) {
  return expectBody(await askShare(person, rideId), 201, NewLink)
}

export const follow = (token: string): Promise<ApiReply> => call('GET', `/api/v1/share/${token}`)

/** The page of a link, as a browser gets it. */
export async function openPage(
  token: string,
  language = 'en',
): Promise<{ status: number; headers: Headers; text: string }> {
  const headers = { accept: 'text/html', 'accept-language': language }
  const response = await fetch(new URL(`/s/${token}`, inject('url')), { headers })
  return { status: response.status, headers: response.headers, text: await response.text() }
}

export const askRaise = ({ token }: Person, body?: object): Promise<ApiReply> =>
  call('POST', '/api/v1/safety/sos', { token, ...(body && { body }) })

/** An alert that must be new. */
export async function raise(person: Person, body?: object): Promise<Alert> {
  return expectBody(await askRaise(person, body), 201, Alert)
}

export const resolveOwn = ({ token }: Person, { id }: Alert, reason = 'false alarm'): Promise<ApiReply> =>
  call('POST', `/api/v1/safety/sos/${id}/resolve`, { token, body: { reason } })

/** What one of the staff does with an alert. */
export const handle = (
  { token }: Person,
  { id }: Alert,
  action: 'acknowledge' | 'resolve',
): Promise<ApiReply> =>
  call('POST', `/api/v1/admin/sos/${id}/${action}`, {
    token,
    ...(action === 'resolve' && { body: { reason: 'Safe at home' } }),
  })

export async function trust(
  { token }: Person,
  contacts: readonly { name: string; phone: string }[],
): Promise<void> {
  const reply = await call('PUT', '/api/v1/auth/profile', { token, body: { trustedContacts: contacts } })
  if (reply.status !== 200) throw new Error(`Trusting answered ${reply.status}: ${JSON.stringify(reply.body)}`)
}

const Text = z.object({ templateId: z.string(), values: z.record(z.string(), z.string()) })

/** The texts about alerts that went to a phone, the oldest first. */
export async function textsTo(phone: string): Promise<z.infer<typeof Text>[]> {
  const entries = await readJournal('sms', phone)
  const texts = entries.flatMap(({ data }) => Text.safeParse(data).data ?? [])
  return texts.filter(({ templateId }) => templateId.includes('sos')).toReversed()
}

/** Waits until something holds; a vain wait fails with what was last seen. */
export async function waitFor<Seen>(
  look: () => Promise<Seen>,
  holds: (seen: Seen) => boolean,
  patienceMs = PATIENCE_MS,
): Promise<Seen> {
  const deadline = Date.now() + patienceMs
  for (;;) {
    const seen = await look()
    if (holds(seen)) return seen
    if (Date.now() > deadline) throw new Error(`Waited in vain; last: ${JSON.stringify(seen)}`)
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
  }
}
