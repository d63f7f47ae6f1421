import { expect, test } from 'vitest'
import { z } from 'zod'
import { type ApiReply, call, expectBody, refusal } from './client/api.ts'
import { type Person, signInDriver } from './client/people.ts'
import { addVehicle, inMinutes, newRoute, newVehicle, publish, registerVehicle } from './client/trips.ts'

const PATH = '/api/v1/driver/vehicles'
const Vehicle = z.object({ id: z.string(), active: z.boolean() })

const activeOf = async (token: string) =>
  expectBody(await call('GET', PATH, { token }), 200, z.object({ items: z.array(Vehicle) }))
    .items.filter(({ active }) => active)
    .map(({ id }) => id)

test('a driver has ten vehicles at most, also when they come at once; a deleted one makes room', async () => {
  const { token } = await signInDriver()
  const replies = await Promise.all(
    Array.from({ length: 12 }, () => call('POST', PATH, { token, body: newVehicle() })),
  )
  const made = replies.filter(({ status }) => status === 201).map(({ body }) => Vehicle.parse(body))
  expect(made).toHaveLength(10)
  expect(made.filter(({ active }) => active)).toHaveLength(1)
  for (const reply of replies.filter(({ status }) => status !== 201))
    expect(reply).toMatchObject(refusal(409, 'too_many_vehicles'))
  await call('DELETE', `${PATH}/${made[3]?.id}`, { token })
  expect((await call('POST', PATH, { token, body: newVehicle() })).status).toBe(201)
})

test('twenty activations of three vehicles at once leave one active', async () => {
  const driver = await signInDriver()
  const ids: string[] = []
  for (let n = 0; n < 3; n++) ids.push((await addVehicle(driver)).id)
  const replies = await Promise.all(
    Array.from({ length: 20 }, (_, n) =>
      call('PUT', `${PATH}/${ids[n % 3]}/activate`, { token: driver.token }),
    ),
  )
  expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200]))
  expect(await activeOf(driver.token)).toHaveLength(1)
})

test('deleted and activated at once: one vehicle is active, and it is there', async () => {
  for (let round = 0; round < 4; round++) {
    const driver = await signInDriver()
    const { token } = driver
    const [first, second] = [(await addVehicle(driver)).id, (await addVehicle(driver)).id]
    const [gone, activated] = await Promise.all([
      call('DELETE', `${PATH}/${first}`, { token }),
      call('PUT', `${PATH}/${first}/activate`, { token }),
      call('PUT', `${PATH}/${second}/activate`, { token }),
    ])
    expect(gone.status).toBe(204)
    expect([200, 404]).toContain(activated.status)
    expect(await activeOf(token)).toEqual([second])
  }
})

/**
 * Publishes six routes with a vehicle of four seats at once, and performs a change a little later in each round, so that
 * it meets them in every step. Tells how many were published.
 */
async function publishDuring(round: number, change: (driver: Person, vehicle: string) => Promise<ApiReply>) {
  const driver = await signInDriver()
  const vehicleId = await registerVehicle(driver, { seats: 4 })
  const changed = new Promise((resolve) => setTimeout(resolve, 10 + round * 4)).then(() =>
    change(driver, `${PATH}/${vehicleId}`),
  )
  const routes = Array.from({ length: 6 }, (_, n) =>
    newRoute(vehicleId, { seats: 4, departsAt: inMinutes(60 + n * 600) }),
  )
  const replies = await Promise.all(routes.map((route) => publish(driver, route)))
  const published = replies.filter(({ status }) => status === 201).length
  for (const reply of replies) expect([201, 422]).toContain(reply.status)
  return { driver, path: `${PATH}/${vehicleId}`, published, reply: await changed }
}

test('deleted while routes are published: the vehicle goes, or rides come, never both', async () => {
  for (let round = 0; round < 12; round++) {
    const remove = ({ token }: Person, path: string) => call('DELETE', path, { token })
    const { driver, path, published, reply } = await publishDuring(round, remove)
    expect(published).toBe(reply.status === 204 ? 0 : 6)
    expect(reply.status).toBe(published === 0 ? 204 : 409)
    const { status } = await call('GET', path, { token: driver.token })
    expect(status).toBe(published === 0 ? 404 : 200)
  }
}, 40_000)

test('seats taken out while routes offer them: the change is refused, or every route', async () => {
  for (let round = 0; round < 12; round++) {
    const takeOut = ({ token }: Person, path: string) => call('PUT', path, { token, body: { seats: 2 } })
    const { driver, path, published, reply } = await publishDuring(round, takeOut)
    expect(published).toBe(reply.status === 200 ? 0 : 6)
    expect(reply.status).toBe(published === 0 ? 200 : 409)
    expect(await call('GET', path, { token: driver.token })).toMatchObject({
      body: { seats: published === 0 ? 2 : 4 },
    })
  }
}, 40_000)
