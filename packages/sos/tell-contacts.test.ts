import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { type ContactRound, contactText, type TellableAlert, whomToTell } from './tell-contacts.ts'

const alert = (more: Partial<TellableAlert> = {}): TellableAlert => ({
  ...{ state: 'raised', contacts: ['a', 'b'], rounds: [] },
  ...more,
})
const raised = (told: string[], done = true): ContactRound => ({ step: 'raised', told, done })

test('each contact is told once, and who could not be told is told later', () => {
  expect(whomToTell('raised', alert())).toEqual({ phones: ['a', 'b'] })
  expect(whomToTell('raised', alert({ rounds: [raised(['a'], false)] }))).toEqual({ phones: ['b'] })
  expect(whomToTell('raised', alert({ rounds: [raised(['a'], false), raised(['b'])] }))).toEqual({ phones: [] })
})

test('of an alert that is over nobody is told that it was raised', () => {
  expect(whomToTell('raised', alert({ state: 'resolved' }))).toEqual({ phones: [] })
})

test('the end is told to who heard of the beginning, once that is known', () => {
  const over = alert({ state: 'resolved', contacts: ['b', 'c'] })
  expect(whomToTell('resolved', over)).toBe('wait')
  expect(whomToTell('resolved', { ...over, rounds: [raised(['a'], false)] })).toBe('wait')
  const known = [raised(['a'], false), raised(['b'])]
  expect(whomToTell('resolved', { ...over, rounds: known })).toEqual({ phones: ['a', 'b'] })
  const done: ContactRound = { step: 'resolved', told: ['a'], done: false }
  expect(whomToTell('resolved', { ...over, rounds: [...known, done] })).toEqual({ phones: ['b'] })
  expect(whomToTell('resolved', { ...over, rounds: [raised([])] })).toEqual({ phones: [] })
})

test('whatever fails in whatever round, nobody hears of a step twice, and in the end everybody has', () => {
  const contacts = ['a', 'b', 'c']
  fc.assert(
    fc.property(fc.array(fc.subarray(contacts), { maxLength: 5 }), (failures) => {
      const rounds: ContactRound[] = []
      const heard: string[] = []
      for (const failing of [...failures, []]) {
        const telling = whomToTell('raised', alert({ contacts, rounds }))
        if (telling === 'wait') throw new Error('waits for nothing')
        const told = telling.phones.filter((phone) => !failing.includes(phone))
        heard.push(...told)
        rounds.push(raised(told, told.length === telling.phones.length))
      }
      expect(heard.toSorted()).toEqual(contacts)
    }),
  )
})

test('the link goes in two pieces that the operators let through', () => {
  const token = 'x'.repeat(43)
  const text = contactText('raised', { name: 'Asha Rao', phone: '+919876543210', language: 'hi', token })
  expect(text).toMatchObject({ template: 'sos_raised', language: 'hi', values: { name: 'Asha' } })
  const { link1 = '', link2 = '' } = text.values
  expect(link1 + link2).toBe(token)
  expect([link1, link2].every((piece) => piece.length <= 30)).toBe(true)
  expect(contactText('resolved', { name: null, phone: '+919876543210', language: 'en', token })).toEqual({
    template: 'sos_resolved',
    values: { name: '+919876543210' },
    language: 'en',
  })
})
