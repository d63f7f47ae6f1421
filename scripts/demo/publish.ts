import { randomInt } from 'node:crypto'
import type { Api } from './api.ts'
import type { Person } from './people.ts'
import { Car, Named, Route } from './shapes.ts'

export const STOPS = [
  { name: 'Bengaluru, Majestic', position: { lat: 12.9767, lng: 77.5713 } },
  { name: 'Ramanagara', position: { lat: 12.7159, lng: 77.2813 } },
  { name: 'Mandya', position: { lat: 12.5218, lng: 76.8951 } },
  { name: 'Mysuru, Palace', position: { lat: 12.3052, lng: 76.6552 } },
] as const

export const SEATS = 2

interface Terms {
  /** Milliseconds from now. */
  departsIn: number
  bookingMode: 'instant' | 'approval'
  cashAccepted: boolean
}

export const SOON: Terms = { departsIn: 30 * 60_000, bookingMode: 'approval', cashAccepted: true }
export const IN_TWO_DAYS: Terms = { departsIn: 48 * 3600_000, bookingMode: 'instant', cashAccepted: false }

/** The driver's profile and car; the plate is new each time. */
export async function registerCar(api: Api, driver: Person): Promise<Car> {
  const { token } = driver
  await api.call({ method: 'PUT', path: '/driver/profile', token, body: { name: driver.name } }, Named)
  const car = { make: 'Maruti Suzuki', model: 'Ertiga', year: 2024, colour: 'white', fuel: 'cng', seats: 3 }
  const plate = `KA 05 MX ${randomInt(1000, 9999)}`
  const body = { ...car, plate: plate.replace('MX', randomLetters()) }
  return api.call({ method: 'POST', path: '/driver/vehicles', token, status: 201, body }, Car)
}

const randomLetters = () => String.fromCharCode(randomInt(65, 91), randomInt(65, 91), randomInt(65, 91))

/** A ride that its driver offers, and its path as a polyline. */
export interface Published {
  rideId: string
  path: string
  departsAt: string
}

/** Publishes the route with one ride. */
export async function publish(
  api: Api,
  driver: Person,
  vehicleId: string,
  { departsIn, ...terms }: Terms,
): Promise<Published> {
  const departsAt = new Date(Date.now() + departsIn).toISOString()
  const offer = { seats: SEATS, pricePerSeat: { amount: 32_000, currency: 'INR' }, ...terms }
  const body = { vehicleId, stops: STOPS, departsAt, ...offer }
  const route = await api.call(
    { method: 'POST', path: '/routes', token: driver.token, status: 201, body },
    Route,
  )
  return { rideId: route.rides[0].id, path: route.path, departsAt }
}
