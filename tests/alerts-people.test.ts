import { expect, test } from 'vitest'
import { readAlert, saveAlert, wishAlong } from './client/alerts.ts'
import { call } from './client/api.ts'
import { type Person, signIn, signInDriver } from './client/people.ts'
import { newCrew, publishRoute } from './client/routes.ts'
import { newCorridor, newRoute, publishTrip } from './client/trips.ts'

const setGender = ({ token }: Person, gender: string) =>
  call('PUT', '/api/v1/auth/profile', { token, body: { gender } })
const block = ({ token }: Person, { id }: Person) => call('PUT', `/api/v1/blocks/${id}`, { token })

/** People who save a search along the same stops, one for each name. */
async function savers<Name extends string>(stops: ReturnType<typeof newCorridor>, names: readonly Name[]) {
  const saved: { name: Name; person: Person; id: string }[] = []
  for (const name of names) {
    const person = await signIn()
    saved.push({ name, person, id: '' })
  }
  const save = () =>
    Promise.all(
      saved.map(async (one) => {
        one.id = (await saveAlert(one.person, wishAlong(stops))).id
      }),
    )
  /** Who has found how many rides. */
  const found = async () =>
    Object.fromEntries(
      await Promise.all(
        saved.map(async ({ name, person, id }) => [name, (await readAlert(person, id)).matches]),
      ),
    )
  const of = (name: Name) => saved.find((one) => one.name === name)?.person ?? Promise.reject(new Error(name))
  return { of, save, found }
}

test.each(['the ride', 'the saved search'])(
  'nobody on either side of a block hears of the other, whether %s came first',
  async (first) => {
    const stops = newCorridor()
    const { of, save, found } = await savers(stops, ['blocker', 'blocked', 'other'])
    const driver = await signInDriver()
    await block(await of('blocker'), driver)
    await block(driver, await of('blocked'))
    if (first === 'the saved search') await save()
    await publishTrip({ driver, stops })
    if (first === 'the ride') await save()
    await expect.poll(found).toEqual({ blocker: 0, blocked: 0, other: 1 })
  },
)

test.each(['the ride', 'the saved search'])(
  'of a ride for women only women hear, whether %s came first',
  async (first) => {
    const stops = newCorridor()
    const { of, save, found } = await savers(stops, ['woman', 'man', 'unsaid'])
    await setGender(await of('woman'), 'female')
    await setGender(await of('man'), 'male')
    const { driver, vehicleId } = await newCrew()
    await setGender(driver, 'female')
    if (first === 'the saved search') await save()
    await publishRoute(driver, { ...newRoute(vehicleId, { stops }), womenOnly: true })
    if (first === 'the ride') await save()
    await expect.poll(found).toEqual({ woman: 1, man: 0, unsaid: 0 })
  },
)
