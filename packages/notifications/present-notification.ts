import { firstName } from '#packages/people/first-name.ts'
import type { Language } from '#packages/sms/languages.ts'
import type { KindName } from './kinds.ts'
import { type Facts, type Text, textOf } from './text.ts'

/** A notification as it is stored, with what is known now of what it is about. */
export interface StoredNotification {
  id: string
  kind: KindName
  data: { written?: Facts['written'] | undefined; amount?: number | undefined } & Record<string, unknown>
  createdAt: Date
  language: Language
  personName: string | null
  from: string | null
  to: string | null
  departsAt: Date | null
}

/** As an app shows it. `data` holds ids alone, to open what it is about. */
export interface ShownNotification extends Text {
  id: string
  kind: KindName
  data: Record<string, string>
  createdAt: string
}

export function presentNotification(stored: StoredNotification): ShownNotification {
  const { id, kind, data, createdAt, language } = stored
  const ids = Object.entries(data).filter((entry): entry is [string, string] => typeof entry[1] === 'string')
  return {
    ...{ id, kind, ...textOf(kind, factsOf(stored), language) },
    data: Object.fromEntries(ids),
    createdAt: createdAt.toISOString(),
  }
}

/** What its text may say: of a person no more than their first name. */
export function factsOf({ personName, from, to, departsAt, data }: StoredNotification): Facts {
  const { written = {}, amount = null } = data
  return { personName: firstName(personName), from, to, departsAt, amount, written }
}
