import { expect, test } from 'vitest'
import { isGazetteerId, MAX_PLACE_ID_LENGTH, PLACE_ID } from '../place-id.ts'
import { offlinePlaces } from './offline-places.ts'

const namesAt = (address: string) => offlinePlaces.geocode(address).map(({ address: text }) => text)

test('a suggestion says what and where it is, and its id leads to the place', () => {
  const near = { lat: 12.97, lng: 77.59 }
  const [mysore] = offlinePlaces.autocomplete('mysur', { near, limit: 3 })
  expect(mysore).toEqual({
    placeId: 'gn.1262321',
    text: 'Mysore, Karnataka, India',
    name: 'Mysore',
    area: 'Karnataka, India',
    distance: expect.closeTo(127_000, -4),
    source: 'geonames',
  })
  expect(offlinePlaces.details('gn.1262321')).toEqual({
    placeId: 'gn.1262321',
    name: 'Mysore',
    address: 'Mysore, Karnataka, India',
    locality: 'Mysore',
    state: 'Karnataka',
    position: { lat: 12.298, lng: 76.639 },
    source: 'geonames',
  })
  expect(offlinePlaces.autocomplete('mysur', { limit: 1 })[0]?.distance).toBeNull()
})

test('Delhi is not in Delhi', () => {
  expect(offlinePlaces.autocomplete('delhi', { limit: 1 })[0]?.text).toBe('Delhi, India')
})

test.each(['gn.1', 'gn.', 'gn.01262321', 'gn.1262321x', 'gn.-1', 'gn.99999999999', 'gn.1e6', 'ChIJ', ''])(
  '%j is no place',
  (placeId) => {
    expect(offlinePlaces.details(placeId)).toBeUndefined()
  },
)

test('ids of the gazetteer are told by their beginning', () => {
  expect(isGazetteerId('gn.1262321')).toBe(true)
  expect(isGazetteerId('ChIJgn_1262321')).toBe(false)
  expect(PLACE_ID.test('gn.1262321')).toBe(true)
  expect(PLACE_ID.test('ChIJbU60yXAWrjsR4E9-UejD3_g')).toBe(true)
  expect(PLACE_ID.test('ChIJbU60yXAWrjsR.4E9-UejD3_g')).toBe(false)
  const lengths = [MAX_PLACE_ID_LENGTH, MAX_PLACE_ID_LENGTH + 1]
  expect(lengths.map((length) => PLACE_ID.test('x'.repeat(length)))).toEqual([true, false])
})

test.each([
  ['Mysuru', 'Mysore, Karnataka, India'],
  ['12, MG Road, Bengaluru 560001, Karnataka', 'Bengaluru, Karnataka, India'],
  ['Udaipur, Tripura', 'Udaipur, Tripura, India'],
  ['Udaipur', 'Udaipur, Rajasthan, India'],
  ['Banglore', 'Bengaluru, Karnataka, India'],
])('%j is at %s', (address, first) => {
  expect(namesAt(address)[0]).toBe(first)
})

test('an address of nowhere is no place', () => {
  expect(namesAt('zzzzzz, qqqqqq')).toEqual([])
  expect(namesAt(',,,,')).toEqual([])
  expect(offlinePlaces.reverseGeocode({ lat: 15, lng: 70 })).toBeUndefined()
})
