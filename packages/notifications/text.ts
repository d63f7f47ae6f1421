import { rupees } from '#packages/money/rupees.ts'
import { DEFAULT_LANGUAGE, type Language } from '#packages/sms/languages.ts'
import type { KindName } from './kinds.ts'
import { en } from './texts/en.ts'
import { hi } from './texts/hi.ts'
import { kn } from './texts/kn.ts'
import { mr } from './texts/mr.ts'
import { ta } from './texts/ta.ts'
import { te } from './texts/te.ts'

export interface Text {
  title: string
  body: string
}

/** What a text may be filled in with: `{name}`. */
export const placeholders = ['name', 'from', 'to', 'time', 'amount', 'title', 'body'] as const
export type Placeholder = (typeof placeholders)[number]

/** The texts of a language; `someone` stands for a person who has no name, or no account any more. */
export type Texts = Record<KindName, Text> & { someone: string; somewhere: string }

export const texts: Record<Language, Texts> = { en, hi, kn, ta, te, mr }

/** What is known of a notification when it is read. Null: it is not about such a thing, or that is gone. */
export interface Facts {
  personName: string | null
  from: string | null
  to: string | null
  departsAt: Date | null
  /** Paise. */
  amount: number | null
  /** The words of operations, by language. */
  written: Partial<Record<Language, Text>>
}

/** The title and the body of a notification in the language of its reader. */
export function textOf(kind: KindName, facts: Facts, language: Language): Text {
  const { [kind]: template } = texts[language]
  const written = facts.written[language] ?? facts.written[DEFAULT_LANGUAGE]
  const values = { ...valuesOf(facts, language), title: written?.title ?? '', body: written?.body ?? '' }
  return { title: fill(template.title, values), body: fill(template.body, values) }
}

/** What is filled in on SMS: where the ride goes, and when. */
export function smsValues(
  facts: Facts,
  language: Language,
): Pick<Record<Placeholder, string>, 'from' | 'to' | 'time'> {
  const { from, to, time } = valuesOf(facts, language)
  return { from, to, time }
}

function valuesOf({ personName, from, to, departsAt, amount }: Facts, language: Language) {
  const { someone, somewhere } = texts[language]
  return {
    name: personName ?? someone,
    from: from ?? somewhere,
    to: to ?? somewhere,
    time: departsAt ? inIndia(departsAt, language) : '',
    amount: amount === null ? '' : rupees(amount),
  }
}

/** What is filled in is text and never a template: a name with braces stays as it is. */
function fill(template: string, values: Record<Placeholder, string>): string {
  return template.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const placeholder = placeholders.find((each) => each === name)
    return placeholder ? values[placeholder] : ''
  })
}

const formats = new Map<Language, Intl.DateTimeFormat>()

/** `Tue, 1 Dec, 8:30 am`, as it is written in that language. To make a format takes far longer than to use it. */
function inIndia(instant: Date, language: Language): string {
  const format =
    formats.get(language) ??
    new Intl.DateTimeFormat(`${language}-IN`, {
      ...{ timeZone: 'Asia/Kolkata', weekday: 'short', day: 'numeric', month: 'short' },
      ...{ hour: 'numeric', minute: '2-digit', numberingSystem: 'latn' },
    })
  formats.set(language, format)
  return format.format(instant)
}
