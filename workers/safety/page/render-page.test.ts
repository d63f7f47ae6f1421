import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import type { z } from 'zod'
import { encodePolyline } from '#packages/geo/polyline.ts'
import { html } from '#packages/html/markup.ts'
import { LANGUAGES } from '#packages/sms/languages.ts'
import type { Shared } from '../contract.ts'
import { renderPage } from './render-page.ts'
import { Speaker } from './say.ts'
import { SCRIPT } from './script.ts'
import { wordsOf } from './words.ts'

type SharedView = z.output<typeof Shared>
type Ride = NonNullable<SharedView['ride']>

const NOW = Date.parse('2026-12-01T06:00:00Z')
const [from, to] = [
  { lat: 12.97, lng: 77.59 },
  { lat: 12.3, lng: 76.64 },
]

const ride = (more: Partial<Ride> = {}): Ride => ({
  ...{ status: 'started', driver: 'Asha', from: 'Bengaluru', to: 'Mysuru', destination: to, endedAt: null },
  vehicle: { make: 'Maruti', model: 'Dzire', colour: 'White', plate: 'KA09MB1234' },
  departsAt: '2026-12-01T05:00:00.000Z',
  arrivesAt: '2026-12-01T08:00:00.000Z',
  path: encodePolyline([from, to]),
  position: { ...from, heading: 200, at: '2026-12-01T05:59:50.000Z', silent: false },
  progress: { fraction: 0.5, metres: 41_234, arrivesAt: '2026-12-01T06:38:00.000Z' },
  ...more,
})
const shared = (more: Partial<SharedView> = {}): SharedView => ({
  ...{ alert: null, ride: ride(), expiresAt: '2026-12-01T14:00:00.000Z' },
  ...more,
})
const page = (view: SharedView | undefined) => renderPage(view, 'en', NOW)

test('under way: when it arrives, what is left, in Indian time', () => {
  const text = page(shared())
  for (const part of [
    'Arrives about <b>12:08</b>',
    '38 min · 41 km left',
    'Position of 11:29:50',
    'KA 09 MB 1234',
  ])
    expect(text).toContain(part)
  expect(text).toContain('data-live="1"')
})

test('a car that has fallen silent is said to be', () => {
  const position = { ...from, heading: null, at: '2026-12-01T05:52:00.000Z', silent: true }
  expect(page(shared({ ride: ride({ position }) }))).toContain('No position for 8 min')
  expect(page(shared({ ride: ride({ position: null, progress: null }) }))).toContain(
    'Waiting for the first position',
  )
})

test.each([
  ['scheduled', 'Not started yet', true],
  ['completed', 'The ride is over', false],
  ['cancelled', 'The ride was cancelled', false],
] as const)(
  'a ride that is %s says so, and is listened to as long as it can begin',
  (status, words, isLive) => {
    const text = page(shared({ ride: ride({ status, position: null, progress: null }) }))
    expect(text).toContain(words)
    expect(text.includes('data-live')).toBe(isLive)
    expect(text.includes('data-poll')).toBe(isLive)
  },
)

const alert = {
  state: 'raised',
  ...{ name: 'Meera', position: from, locatedAt: null, resolvedAt: null },
  raisedAt: '2026-12-01T05:30:00.000Z',
} as const

test('an alert outside a ride shows where it is, and is asked about until it is over', () => {
  const open = page(shared({ ride: null, alert }))
  for (const part of [
    'Meera has asked for help',
    'class="sos"',
    'query=12.97,77.59',
    'href="tel:112"',
    'data-poll',
  ])
    expect(open).toContain(part)
  expect(open).not.toContain('data-live')
  const over = { ...alert, state: 'resolved', position: null, resolvedAt: '2026-12-01T05:40:00.000Z' } as const
  const closed = page(shared({ ride: null, alert: over }))
  expect(closed).toContain('Meera does not need help any more')
  expect(closed).not.toMatch(/data-poll|class="sos"|google/)
})

test('every language says everything, with the same things filled in', () => {
  const fillings = (text: string) => (text.match(/\{\w+\}/g) ?? []).toSorted()
  const english = wordsOf('en')
  for (const language of LANGUAGES) {
    const words = wordsOf(language)
    for (const [key, text] of Object.entries(english)) {
      const said = Object.entries(words).find(([name]) => name === key)?.[1]
      expect(fillings(said ?? ''), `${language} ${key}`).toEqual(fillings(text))
    }
    expect(renderPage(shared({ alert }), language, NOW)).toContain(words.told)
  }
})

test('another day is named', () => {
  const speaker = new Speaker('en', NOW)
  expect(speaker.time('2026-12-01T06:00:00Z')).toBe('11:30')
  expect(speaker.time('2026-12-01T18:40:00Z')).toMatch(/Wed.*2 Dec.*00:10/)
  expect(speaker.span('2026-12-01T07:05:00Z')).toBe('1 h 5 min')
  expect([speaker.distance(950), speaker.distance(41_234)]).toEqual(['0.9 km', '41 km'])
})

test('what people are called is text and never markup', () => {
  expect(html`<p title="${'"><script>'}">${['<b>', html`<i>${'&'}</i>`, null, false, 0]}</p>`.text).toBe(
    '<p title="&quot;&gt;&lt;script&gt;">&lt;b&gt;<i>&amp;</i>0</p>',
  )
})

test('the script is one that a browser can read', () => {
  expect(() => runInNewContext(`(() => { ${SCRIPT} })`)).not.toThrow()
  expect(SCRIPT).not.toContain('</script')
})
