import { expect, test } from 'vitest'
import file from './gazetteer.json' with { type: 'json' }
import { readGazetteer } from './gazetteer.ts'
import { openGazetteer } from './open-gazetteer.ts'

const LARGEST = 200
const LETTERS = 4
const SHOWN = 5

/** Who comes first for a town's first four letters where it is not the town itself. The list may get shorter, never longer. */
const MISSES: Readonly<Record<string, string>> = {
  Tiruchirappalli: 'Tirunelveli',
  Durgapur: 'Durg',
  Tiruppur: 'Tirunelveli',
  Muzaffarpur: 'Muzaffarnagar',
  Chanda: 'Chandigarh',
  Bhilwara: 'Bhilai',
  Panipat: 'Panihati',
  Baranagar: 'Barasat',
  Tirupati: 'Tirunelveli',
  Tiruvottiyur: 'Tirunelveli',
  'Barasat 2': 'Barasat',
}

const gazetteer = openGazetteer()
const largest = readGazetteer(file).slice(0, LARGEST)
const seen = new Map<string, number>()
const found = largest.map((town) => {
  const count = (seen.get(town.name) ?? 0) + 1
  seen.set(town.name, count)
  const hits = gazetteer.find(town.name.slice(0, LETTERS), { limit: SHOWN })
  return {
    label: count === 1 ? town.name : `${town.name} ${count}`,
    first: hits[0]?.town,
    place: hits.findIndex((hit) => hit.town.id === town.id),
  }
})

test('the 200 largest towns come first for their first four letters, but for those that are listed', () => {
  const misses = found.filter(({ place }) => place !== 0)
  expect(Object.fromEntries(misses.map(({ label, first }) => [label, first?.name]))).toEqual(MISSES)
})

test('who does not come first is shown all the same, behind a larger town, or one whose whole name that is', () => {
  for (const { label, first, place } of found) {
    expect(place, label).toBeGreaterThanOrEqual(0)
    if (place === 0) continue
    const isLarger =
      (first?.population ?? 0) >= (largest.find(({ name }) => label.startsWith(name))?.population ?? 0)
    expect(isLarger || first?.name.length === LETTERS, label).toBe(true)
  }
})
