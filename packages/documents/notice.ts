import { daysBetween } from '#packages/calendar/indian-time.ts'
import type { DocumentKind, DocumentState } from './kinds.ts'

const names: Record<DocumentKind, string> = {
  driving_licence: 'driving licence',
  identity: 'proof of identity',
  registration: 'registration certificate',
  insurance: 'insurance',
  permit: 'permit',
  pollution_certificate: 'pollution certificate',
}

/** A document as it is when somebody could be told about it. */
export interface Notable {
  kind: DocumentKind
  state: DocumentState
  expiresOn: string | null
  reason: string | null
  wantsSms: boolean
}

export type Notice = {
  template: 'document_expiring' | 'document_rejected'
  values: Record<string, string>
}

/**
 * What an event of the outbox says, or undefined where it says nothing any more: the document was replaced or has
 * expired in the meantime. A reminder is a service that can be declined; a rejection answers what the driver asked for,
 * and keeps them from driving, so it must arrive.
 * @param today the day in India
 */
export function noticeOf(topic: string, document: Notable, today: string): Notice | undefined {
  const { kind, state, expiresOn, reason, wantsSms } = document
  const name = names[kind]
  if (topic === 'document.rejected')
    return state === 'rejected'
      ? { template: 'document_rejected', values: { document: name, reason: reason ?? '' } }
      : undefined
  if (topic !== 'document.expiring' || state !== 'valid' || expiresOn === null || !wantsSms) return undefined
  const days = daysBetween(today, expiresOn)
  return days < 0
    ? undefined
    : { template: 'document_expiring', values: { document: name, days: String(days) } }
}
