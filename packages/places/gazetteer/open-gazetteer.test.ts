import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { distanceMetres } from '#packages/geo/position.ts'
import file from './gazetteer.json' with { type: 'json' }
import { readGazetteer } from './gazetteer.ts'
import { openGazetteer } from './open-gazetteer.ts'

const gazetteer = openGazetteer()
const towns = readGazetteer(file)
const mysuru = { lat: 12.3, lng: 76.65 }
const namesOf = (typed: string, near?: { lat: number; lng: number }) =>
  gazetteer.find(typed, { near, limit: 5 }).map(({ town }) => town.name)

test.each([
  ['bang', 'Bengaluru'],
  ['BANGALORE ', 'Bengaluru'],
  ['Sūrat', 'Surat'],
  ['mysuru, karnataka, india', 'Mysore'],
  ['udaipur raj', 'Udaipur'],
  ['noida', 'Noida'],
  ['delhi', 'Delhi'],
  ['banglore', 'Bengaluru'],
  ['chenai', 'Chennai'],
  ['mumbia', 'Mumbai'],
  ['hydrabad', 'Hyderabad'],
  ['vishakapatnam', 'Visakhapatnam'],
  ['tiruvanantapuram', 'Thiruvananthapuram'],
  ['prayagraj', 'Allahabad'],
])('%j is %s', (typed, name) => {
  expect(namesOf(typed)[0]).toBe(name)
})

test.each([
  ['मुंबई', 'Mumbai'],
  ['दिल्ली', 'Delhi'],
  ['पटना', 'Patna'],
  ['लखनऊ', 'Lucknow'],
  ['चंडीगढ़', 'Chandigarh'],
  ['हैदराबाद', 'Hyderabad'],
  ['नाशिक', 'Nashik'],
  ['ಬೆಂಗಳೂರು', 'Bengaluru'],
  ['ಮೈಸೂರು', 'Mysore'],
  ['ಹುಬ್ಬಳ್ಳಿ', 'Hubli'],
  ['சென்னை', 'Chennai'],
  ['மதுரை', 'Madurai'],
  ['కాకినాడ', 'Kakinada'],
  ['తిరుపతి', 'Tirupati'],
  ['തിരുവനന്തപുരം', 'Thiruvananthapuram'],
  ['કચ્છ ભુજ', undefined],
  ['અમદાવાદ', 'Ahmedabad'],
  ['ਅੰਮ੍ਰਿਤਸਰ', 'Amritsar'],
  ['কলকাতা', 'Kolkata'],
  ['ଭୁବନେଶ୍ୱର', 'Bhubaneshwar'],
])('%s, in letters of India, is %s', (typed, name) => {
  expect(namesOf(typed)[0]).toBe(name)
})

test('a near town comes before a larger one that is far', () => {
  expect(namesOf('nan')[0]).toBe('Nanded')
  expect(namesOf('nan', mysuru)[0]).toBe('Nanjangud')
  // But not before a city whose whole name was typed.
  expect(namesOf('mumbai', mysuru)[0]).toBe('Mumbai')
})

test.each([
  ...['', ' ', '!!!', '\u0301', '1234567', '\ud800', '中文', '.*', '%', "' or 1=1"],
  // Too long to be shown whole.
  ...['x', 'a ', '\u0915\u091f'].map((letter) => letter.repeat(10_000)),
])('%.9j finds no town, and does no harm', (typed) => {
  expect(gazetteer.find(typed, { limit: 5 })).toEqual([])
})

test('no more than the limit, none twice, the best first, whatever is typed', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 12 }),
      fc.integer({ min: 1, max: 10 }),
      (typed, limit) => {
        const hits = gazetteer.find(typed, { limit, near: mysuru })
        expect(hits.length).toBeLessThanOrEqual(limit)
        expect(new Set(hits.map(({ town }) => town.id)).size).toBe(hits.length)
        expect(hits).toEqual(hits.toSorted((a, b) => b.score - a.score))
      },
    ),
    { numRuns: 150 },
  )
})

test('every town is found by its whole name and state', () => {
  const lost = towns.filter(({ id, name, state }) => {
    const found = gazetteer.find(`${name}, ${state}`, { limit: 10 })
    return !found.some(({ town }) => town.id === id)
  })
  expect(lost.map(({ name }) => name)).toEqual([])
})

test('the nearest town, and none in the middle of the sea', () => {
  expect(gazetteer.nearest({ lat: 12.31, lng: 76.64 })?.name).toBe('Mysore')
  expect(gazetteer.nearest({ lat: 15, lng: 70 })).toBeUndefined()
  for (const { position, id } of towns.slice(0, 300)) {
    const nearest = gazetteer.nearest(position)
    if (nearest?.id !== id) expect(distanceMetres(position, nearest?.position ?? mysuru)).toBe(0)
  }
})
