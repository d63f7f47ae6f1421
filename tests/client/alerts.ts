import { z } from 'zod'
import { type ApiReply, call, expectBody } from './api.ts'
import type { Person } from './people.ts'
import type { Position, Trip } from './trips.ts'

const HOUR_MS = 3600_000

export const Alert = z.looseObject({ id: z.string(), matches: z.number() })
export type Alert = z.infer<typeof Alert>
const AlertWithOffers = Alert.extend({
  offers: z.array(z.looseObject({ rideId: z.string(), quote: z.string() })),
})
export type AlertWithOffers = z.infer<typeof AlertWithOffers>

/** A search along these stops within a day, as it is saved. */
export const wishAlong = (stops: readonly Position[], more: object = {}) => ({
  ...{ pickup: stops[0], pickupName: 'Home', dropoff: stops.at(-1), dropoffName: 'Work' },
  earliest: new Date().toISOString(),
  latest: new Date(Date.now() + 24 * HOUR_MS).toISOString(),
  ...more,
})

export const wishFor = ({ stops }: Trip, more: object = {}) => wishAlong(stops, more)

export const sendAlert = (
  { token }: Person,
  body: object,
  headers: Record<string, string> = {},
): Promise<ApiReply> => call('POST', '/api/v1/alerts', { token, body, headers })

export async function saveAlert(person: Person, body: object): Promise<Alert> {
  return expectBody(await sendAlert(person, body), 201, Alert)
}

export const getAlert = ({ token }: Person, id: string): Promise<ApiReply> =>
  call('GET', `/api/v1/alerts/${id}`, { token })

export async function readAlert(person: Person, id: string): Promise<AlertWithOffers> {
  return expectBody(await getAlert(person, id), 200, AlertWithOffers)
}

/** The rides that were found for a saved search and can be booked, as they are now. */
export async function ridesOf(person: Person, id: string): Promise<string[]> {
  return (await readAlert(person, id)).offers.map(({ rideId }) => rideId)
}

export const listAlerts = ({ token }: Person, query = ''): Promise<ApiReply> =>
  call('GET', `/api/v1/alerts${query}`, { token })

export const deleteAlert = ({ token }: Person, id: string): Promise<ApiReply> =>
  call('DELETE', `/api/v1/alerts/${id}`, { token })
