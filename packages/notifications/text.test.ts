import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { LANGUAGES } from '#packages/sms/languages.ts'
import { kindNames } from './kinds.ts'
import { placeholders, smsValues, type Text, textOf, texts } from './text.ts'

const named = (text: string) => [...text.matchAll(/\{([^}]*)\}/g)].map(([, name = '']) => name).toSorted()
const nothing = { personName: null, from: null, to: null, departsAt: null, amount: null, written: {} }
const ride = { ...nothing, from: 'Bengaluru', to: 'Mysuru', departsAt: new Date('2026-12-01T03:00:00Z') }

test.each(LANGUAGES.flatMap((language) => kindNames.map((kind) => [language, kind] as const)))(
  '%s: %s says something, with the same things filled in as in English',
  (language, kind) => {
    const { title, body }: Text = texts[language][kind]
    const english: Text = texts.en[kind]
    expect(title.trim()).not.toBe('')
    expect(body.trim()).not.toBe('')
    expect([named(title), named(body)]).toEqual([named(english.title), named(english.body)])
    for (const name of [...named(title), ...named(body)]) expect(placeholders).toContain(name)
    // What two languages share is a mistake, unless it is filled in altogether.
    if (language !== 'en' && named(title).join() !== 'title') expect(title).not.toBe(english.title)
  },
)

test('nothing is left open, whatever is known', () => {
  for (const language of LANGUAGES)
    for (const kind of kindNames) {
      const { title, body } = textOf(kind, nothing, language)
      expect(title + body).not.toMatch(/[{}]|undefined|null/)
    }
})

test('a departure is told in Indian time, with the numerals that all can read', () => {
  expect(textOf('booking_made', { ...ride, personName: 'Meera' }, 'en')).toEqual({
    title: 'Meera has booked',
    body: expect.stringMatching(/^Bengaluru → Mysuru, Tue, 1 Dec, 8:30\s?am$/iu),
  })
  for (const language of LANGUAGES) expect(smsValues(ride, language).time).toMatch(/8:30/)
})

test('who has gone is somebody, in every language', () => {
  expect(textOf('chat_message', nothing, 'en').title).toBe('New message from Someone')
  expect(textOf('chat_message', nothing, 'hi').title).toBe('कोई का नया संदेश')
})

test('what operations wrote comes in the language of the reader, or else in English', () => {
  const written = { en: { title: 'Rain', body: 'Take care' }, ta: { title: 'மழை', body: 'கவனம்' } }
  expect(textOf('announcement', { ...nothing, written }, 'ta')).toEqual(written.ta)
  expect(textOf('announcement', { ...nothing, written }, 'mr')).toEqual(written.en)
})

test('what is filled in stays as it is: a name is no template', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.constantFrom('{to}', '{name}', '$&', '$1'), (text, trick) => {
      const personName = `${text}${trick}`
      expect(textOf('chat_message', { ...nothing, personName }, 'en').title).toBe(
        `New message from ${personName}`,
      )
    }),
  )
})
