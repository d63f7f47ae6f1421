import { expect, test } from 'vitest'
import { saveAlert, wishAlong } from './client/alerts.ts'
import { kindsOf, notificationsOf } from './client/notifications.ts'
import { type Person, signIn } from './client/people.ts'
import { newCorridor, publishTrip } from './client/trips.ts'

const found = async (person: Person, kind: string) =>
  (await notificationsOf(person)).items.filter((item) => item.kind === kind)

test('both sides are notified once when a ride turns up for a saved search', async () => {
  const [stops, passenger, stranger] = [newCorridor(), await signIn(), await signIn()]
  const { id } = await saveAlert(passenger, wishAlong(stops))
  const trip = await publishTrip({ stops })
  await expect.poll(() => kindsOf(passenger)).toEqual(['ride_found'])
  await expect.poll(() => kindsOf(trip.driver)).toContain('passenger_found')
  expect(await found(passenger, 'ride_found')).toMatchObject([
    { data: { savedSearchId: id, rideId: trip.rideId } },
  ])
  const told = await found(trip.driver, 'passenger_found')
  expect(told).toMatchObject([{ data: { rideId: trip.rideId } }])
  // The driver hears that somebody looks, not who.
  expect(JSON.stringify(told)).not.toContain(passenger.id)
  expect(await kindsOf(stranger)).toEqual([])
})

const HOUR_MS = 3600_000
const hourOf = (now: number) => Math.floor(now / HOUR_MS)

test('both are when a search is saved for which there is a ride, the driver of no more than five in an hour', async () => {
  const trip = await publishTrip()
  const hour = hourOf(Date.now())
  for (let n = 1; n <= 7; n++) {
    const passenger = await signIn()
    await saveAlert(passenger, wishAlong(trip.stops))
    await expect.poll(() => kindsOf(passenger)).toEqual(['ride_found'])
    const told = async () => (await found(trip.driver, 'passenger_found')).length
    await expect.poll(told).toBeGreaterThanOrEqual(Math.min(n, 5))
    if (hourOf(Date.now()) === hour) expect(await told()).toBeLessThanOrEqual(5)
  }
})
