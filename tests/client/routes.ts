import { z } from 'zod'
import { type ApiReply, call, expectBody } from './api.ts'
import { inDays } from './documents.ts'
import { type Person, signInDriver } from './people.ts'
import { newRoute, publish, registerVehicle, type TripOptions } from './trips.ts'

const Money = z.object({ amount: z.number() })
const RouteRide = z.looseObject({
  id: z.string(),
  departsAt: z.string(),
  status: z.string(),
  scheduleDay: z.string().nullable(),
})
export const Route = z.looseObject({
  id: z.string(),
  vehicleId: z.string(),
  stops: z.array(z.looseObject({ name: z.string(), distance: z.number() })),
  path: z.string(),
  pathSource: z.string(),
  pricePerSeat: Money,
  amenities: z.array(z.string()),
  skippedDays: z.array(z.string()),
  returnRouteId: z.string().nullable(),
  rides: z.array(RouteRide),
})
export type Route = z.infer<typeof Route>

/** A pattern of every day of the week, from tomorrow on. */
export const everyDay = (more: object = {}) => ({
  ...{ weekdays: [1, 2, 3, 4, 5, 6, 7], departs: '08:00', from: inDays(1), exceptions: [] },
  ...more,
})

/** What publishes a weekly route. */
export function weeklyRoute(vehicleId: string, schedule: object, options: TripOptions = {}) {
  const { departsAt: _, ...route } = newRoute(vehicleId, options)
  return { ...route, schedule }
}

/** A new driver with a vehicle that may be driven. */
export async function newCrew(vehicle: object = {}): Promise<{ driver: Person; vehicleId: string }> {
  const driver = await signInDriver()
  return { driver, vehicleId: await registerVehicle(driver, vehicle) }
}

/** Publishes what must be accepted. */
export async function publishRoute(driver: Person, route: object): Promise<Route> {
  return expectBody(await publish(driver, route), 201, Route)
}

/** A weekly route of a new driver. */
export async function publishWeekly(schedule: object = everyDay(), options: TripOptions = {}) {
  const crew = await newCrew()
  const stops = options.stops ?? undefined
  const body = weeklyRoute(crew.vehicleId, schedule, options)
  const route = await publishRoute(crew.driver, body)
  return { ...crew, route, stops: stops ?? body.stops.map((stop) => stop.position) }
}

export const getRoute = ({ token }: Person, id: string): Promise<ApiReply> =>
  call('GET', `/api/v1/routes/${id}`, { token })

export async function readRoute(person: Person, id: string): Promise<Route> {
  return expectBody(await getRoute(person, id), 200, Route)
}

export const changeRoute = ({ token }: Person, id: string, body: object): Promise<ApiReply> =>
  call('PUT', `/api/v1/routes/${id}`, { token, body })

export const deleteRoute = ({ token }: Person, id: string): Promise<ApiReply> =>
  call('DELETE', `/api/v1/routes/${id}`, { token })

export const changeRide = ({ token }: Person, id: string, body: object): Promise<ApiReply> =>
  call('PUT', `/api/v1/rides/${id}`, { token, body })

export const readChanges = ({ token }: Person, rideId: string): Promise<ApiReply> =>
  call('GET', `/api/v1/rides/${rideId}/changes`, { token })

export const daysOf = ({ rides }: Route): (string | null)[] =>
  rides.filter(({ status }) => status === 'scheduled').map(({ scheduleDay }) => scheduleDay)
