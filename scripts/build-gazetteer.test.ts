import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { distanceMetres } from '#packages/geo/position.ts'
import { fold } from '#packages/places/gazetteer/fold.ts'
import { readGazetteer } from '#packages/places/gazetteer/gazetteer.ts'
import { GAZETTEER_FILE, gazetteerText } from './build-gazetteer.ts'
import { encodeGazetteer, indianTowns } from './gazetteer/encode-gazetteer.ts'
import { projectPath } from './system/project.ts'

const towns = readGazetteer(encodeGazetteer())

test('the file is what the data gives: `npm run build:gazetteer`', () => {
  expect(readFileSync(projectPath(GAZETTEER_FILE), 'utf8')).toBe(gazetteerText())
})

test('what is read is every town that was written, where it is, with its people', () => {
  const byId = new Map(towns.map((town) => [town.id, town]))
  const cities = indianTowns()
  expect(byId.size).toBe(cities.length)
  for (const { cityId, name, loc } of cities) {
    const town = byId.get(cityId)
    const [lng, lat] = loc.coordinates
    expect(distanceMetres(town?.position ?? { lat: 0, lng: 0 }, { lat, lng })).toBeLessThan(80)
    expect(fold(name).startsWith(fold(town?.name ?? 'nothing'))).toBe(true)
  }
  for (const [index, { population }] of towns.entries())
    expect(population).toBeLessThanOrEqual(towns[index - 1]?.population ?? Infinity)
})

test('every town has a state, and a name that can be typed on any keyboard', () => {
  for (const { name, state, others } of towns) {
    for (const each of [name, state, ...others]) expect(each).toMatch(/^[A-Za-z][A-Za-z .'()-]*$/)
  }
  expect(new Set(towns.map(({ state }) => state)).size).toBeGreaterThanOrEqual(35)
})
