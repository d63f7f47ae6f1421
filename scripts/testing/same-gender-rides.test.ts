import { sql } from 'drizzle-orm'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { saveProfile } from '../../db/queries/auth/profile.ts'
import { isPromised } from '../../db/queries/auth/same-gender-use.ts'
import { takeUpOffer } from '../../db/queries/bookings/take-up-offer.ts'
import { loadUnsettledRides, settleRide } from '../../db/queries/waitlist/settle-ride.ts'
import { GENDERS } from '../../db/schema/index.ts'
import { choosePaying } from '../../packages/booking/paying.ts'
import { activeStates } from '../../packages/booking/states.ts'
import { type NewRide, newPeople, newRide, quoteFor } from '../storms/new-ride.ts'
import { payFor } from '../storms/paying.ts'
import { act, book, lineUp } from '../storms/perform.ts'
import { openWorld } from './open-world.ts'

const start = Date.parse('2026-12-01T06:00:00Z')
const at = (ms: number) => new Date(start + ms)
const MINUTE_MS = 60_000
const HOUR_MS = 3600_000
const LEGS = 3
const whole = { legFrom: 0, legTo: LEGS, seats: 1 }

type Gender = (typeof GENDERS)[number] | null
const genders = ['female', 'female', 'male', 'male', 'other', null] as const satisfies readonly Gender[]

const db = await openWorld()

const setGender = (userId: string, gender: Gender) => saveProfile(db, userId, { gender }, at(0))

/** A ride that a woman drives, with so many seats, and people of these genders who may want one. */
async function rideFor(people: readonly Gender[], capacity = people.length) {
  const ride = await newRide(
    db,
    { bookingMode: 'instant', legs: LEGS, capacity, departsAt: at(5 * HOUR_MS) },
    at(0),
  )
  const ids = await newPeople(db, people.length, at(0))
  await setGender(ride.driverId, 'female')
  for (const [n, id] of ids.entries()) await setGender(id, people[n] ?? null)
  return { ride, ids }
}

const bookAs = (ride: NewRide, id: string, sameGender: boolean, part = whole, now = at(0)) =>
  book(db, { ...quoteFor(ride, id, part, at(0)), sameGender }, null, now)

/** Cancels the booking that somebody has on a ride; undefined: they have none. */
async function cancel(ride: NewRide, actorId: string, now = at(0)) {
  const { rows } = await db.execute(sql`select id from bookings where ride_id = ${ride.rideId}
    and passenger_id = ${actorId} and state in ${activeStates}`)
  const [mine] = z.array(z.object({ id: z.string() })).parse(rows)
  return mine && (await act(db, { bookingId: mine.id, actorId, action: 'cancel' }, now))
}

/** Somebody with a seat, as the check below knows them. */
const Seated = z.object({
  person: z.string(),
  gender: z.enum(GENDERS).nullable(),
  legFrom: z.number(),
  legTo: z.number(),
  sameGender: z.boolean(),
})
type Seated = z.infer<typeof Seated>

/** Leg by leg: is somebody there who is not known to be of the gender of each who wishes it? */
function isBroken(driver: Gender, seated: readonly Seated[]): boolean {
  for (let leg = 0; leg < LEGS; leg++) {
    const there = seated.filter(({ legFrom, legTo }) => legFrom <= leg && leg < legTo)
    const all = [driver, ...there.map(({ gender }) => gender)]
    for (const { sameGender, gender } of there)
      if (sameGender && (gender === null || all.some((other) => other !== gender))) return true
  }
  return false
}

/** The same of what the tables say. */
async function isBrokenOnRide({ rideId, driverId }: NewRide): Promise<boolean> {
  const { rows } =
    await db.execute(sql`select passenger_id as person, gender, leg_from as "legFrom", leg_to as "legTo",
      same_gender as "sameGender"
    from bookings join users on users.id = passenger_id where ride_id = ${rideId} and state in ${activeStates}`)
  const driver = await db.execute(sql`select gender from users where id = ${driverId}`)
  return isBroken(
    z.object({ gender: z.enum(GENDERS).nullable() }).parse(driver.rows[0]).gender,
    z.array(Seated).parse(rows),
  )
}

const who = fc.nat(genders.length - 1)
const gender = fc.constantFrom<Gender>('female', 'male', 'other', null)
const part = fc
  .tuple(fc.nat(LEGS - 1), fc.integer({ min: 1, max: LEGS }))
  .map(([legFrom, length]) => ({ legFrom, legTo: Math.min(LEGS, legFrom + length), seats: 1 }))
const command = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('book' as const), who, part, sameGender: fc.boolean() }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('cancel' as const), who }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('change' as const), who, gender }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('change driver' as const), gender }) },
)

test('whatever is tried in whatever order, what is allowed is what keeps every wish', {
  timeout: 120_000,
}, async () => {
  let refused = 0
  let taken = 0
  await fc.assert(
    fc.asyncProperty(fc.array(command, { minLength: 8, maxLength: 30 }), async (commands) => {
      const { ride, ids } = await rideFor(genders)
      const model = { driver: 'female' as Gender, people: [...genders] as Gender[], seated: [] as Seated[] }
      for (const step of commands) {
        const next = structuredClone(model)
        const id = 'who' in step ? (ids[step.who] ?? '') : ride.driverId
        const sits = model.seated.some(({ person }) => person === id)
        if (step.do === 'book') {
          if (sits) continue
          const { legFrom, legTo } = step.part
          const own = model.people[step.who] ?? null
          next.seated.push({ person: id, gender: own, legFrom, legTo, sameGender: step.sameGender })
        } else if (step.do === 'cancel') {
          if (!sits) continue
          next.seated = next.seated.filter(({ person }) => person !== id)
        } else if (step.do === 'change') {
          next.people[step.who] = step.gender
          for (const each of next.seated) if (each.person === id) each.gender = step.gender
        } else next.driver = step.gender
        const allowed = !isBroken(next.driver, next.seated)
        const done =
          step.do === 'book'
            ? await bookAs(ride, id, step.sameGender, step.part)
            : step.do === 'cancel'
              ? await cancel(ride, id)
              : await setGender(id, step.gender)
        expect([step, done !== undefined]).toEqual([step, allowed])
        if (step.do.startsWith('change')) expect(await isPromised(db, id)).toBe(promises(model, id, ride))
        if (allowed) {
          Object.assign(model, next)
          taken++
        } else refused++
      }
      expect(await isBrokenOnRide(ride)).toBe(false)
    }),
    { numRuns: 12, seed: 7 },
  )
  expect(Math.min(taken, refused)).toBeGreaterThan(25)
})

/** Whether anybody's wish has to do with this person: they wish it, drive, or share a leg with who does. */
function promises({ seated }: { seated: readonly Seated[] }, id: string, { driverId }: NewRide): boolean {
  const mine = seated.find(({ person }) => person === id)
  return seated.some(
    (each) =>
      each.sameGender &&
      (id === driverId || (mine !== undefined && mine.legFrom < each.legTo && mine.legTo > each.legFrom)),
  )
}

test('a woman with the wish and a man at once: exactly one of them rides', async () => {
  for (let round = 0; round < 10; round++) {
    const { ride, ids } = await rideFor(['female', 'male'])
    const [woman = '', man = ''] = ids
    const bookings = await Promise.all([bookAs(ride, woman, true), bookAs(ride, man, false)])
    expect(bookings.filter((booking) => booking !== undefined)).toHaveLength(1)
  }
})

test('a booking with the wish and a change of profile of who is there, drives or waits, at once: no wish is broken', async () => {
  for (let round = 0; round < 6; round++) {
    const { ride, ids } = await rideFor(['female', 'female', 'female'], 2)
    const [wisher = '', beside = '', waiting = ''] = ids
    const wish = { ...whole, legTo: 1 }
    await bookAs(ride, beside, false)
    if (round % 2) {
      await bookAs(ride, waiting, true, wish)
      await cancel(ride, waiting)
    }
    const [booked, ...changed] = await Promise.all([
      bookAs(ride, wisher, true, wish),
      setGender(beside, 'male'),
      setGender(ride.driverId, 'other'),
    ])
    expect(changed.filter(Boolean).length === 0).toBe(booked !== undefined)
    expect(await isBrokenOnRide(ride)).toBe(false)
  }
})

test('everything at once, again and again: no wish is broken', { timeout: 120_000 }, async () => {
  // Mostly women, or no wish could ever be kept.
  const said = fc.constantFrom<Gender>('female', 'female', 'female', 'male', null)
  const step = fc.record({ who, part, sameGender: fc.boolean(), gender: said, dice: fc.nat(9) })
  const rounds = fc.array(fc.array(step, { minLength: 6, maxLength: 8 }), { minLength: 6, maxLength: 6 })
  const total = { wishes: 0, made: 0, offered: 0 }
  for (const all of fc.sample(rounds, { numRuns: 8, seed: 11 })) {
    const { ride, ids } = await rideFor(['female', 'female', 'female', 'female', 'male', null], 2)
    for (const [n, steps] of all.entries()) {
      const now = at(n * MINUTE_MS)
      await Promise.allSettled(
        steps.map(async ({ who: index, part: legs, sameGender: wish, gender: other, dice }) => {
          const id = ids[index] ?? ''
          const quote = { ...quoteFor(ride, id, legs, now), sameGender: wish }
          if (dice < 3) await book(db, quote, null, now)
          else if (dice < 5) await lineUp(db, quote, now)
          else if (dice < 7) await cancel(ride, id, now)
          else if (dice < 9) await setGender(id, other)
          else await settleRide(db, ride.rideId, now)
        }),
      )
      expect(await isBrokenOnRide(ride), `round ${n}`).toBe(false)
    }
    const counted = await countOf(ride)
    total.wishes += counted.wishes
    total.made += counted.made
    total.offered += counted.offered
  }
  expect(total.wishes).toBeGreaterThan(5)
  expect(total.made - total.wishes).toBeGreaterThan(5)
  expect(total.offered).toBeGreaterThan(0)
})

/** How many bookings were made on a ride, with the wish, and as offers to who waited. */
async function countOf({ rideId }: NewRide) {
  const { rows } =
    await db.execute(sql`select count(*) filter (where same_gender)::int as wishes, count(*)::int as made,
      (select count(*)::int from booking_transitions join bookings on id = booking_id
        where ride_id = ${rideId} and booking_transitions.state = 'offered') as offered
    from bookings where ride_id = ${rideId}`)
  return z.object({ wishes: z.number(), made: z.number(), offered: z.number() }).parse(rows[0])
}

test('seats that come free are offered to who can ride there, and the wish of who waited holds from then on', async () => {
  const { ride, ids } = await rideFor(['female', 'female', 'male', null, 'female', 'male'], 2)
  const [wisher = '', leaver = '', man = '', unsaid = '', next = '', last = ''] = ids
  await bookAs(ride, wisher, true)
  await bookAs(ride, leaver, false)
  for (const [n, id] of [man, unsaid, next].entries())
    expect(
      await lineUp(db, { ...quoteFor(ride, id, whole, at(0)), sameGender: id === next }, at(n)),
    ).toBeDefined()
  await cancel(ride, leaver, at(10))
  expect(await loadUnsettledRides(db, at(11))).toContain(ride.rideId)
  expect(await settleRide(db, ride.rideId, at(11))).toBe(1)
  const { rows } = await db.execute(
    sql`select id, passenger_id, same_gender from bookings where ride_id = ${ride.rideId} and state = 'offered'`,
  )
  expect(rows).toMatchObject([{ passenger_id: next, same_gender: true }])
  // Who waited and cannot ride keeps nobody from the rest.
  expect(await loadUnsettledRides(db, at(12))).not.toContain(ride.rideId)
  await cancel(ride, wisher, at(13))
  expect(await settleRide(db, ride.rideId, at(13))).toBe(0)
  expect(await bookAs(ride, last, false, whole, at(14))).toBeUndefined()
  const paying = choosePaying({ fareAmount: 1, departsAt: ride.departsAt.getTime() }, null, false, start)
  const offer = { bookingId: String(rows[0]?.['id']), passengerId: next, paying }
  expect(await takeUpOffer(db, offer, at(15))).toMatchObject({ state: 'confirmed', sameGender: true })
  expect(await bookAs(ride, last, false, whole, at(16))).toBeUndefined()
  // The wish went with the booking: those who waited come in turn.
  await cancel(ride, next, at(17))
  expect(await settleRide(db, ride.rideId, at(18))).toBe(2)
})

test('nobody waits with a wish that the driver cannot fulfil', async () => {
  const { ride, ids } = await rideFor(['female', 'male', null], 1)
  const [holder = '', man = '', unsaid = ''] = ids
  await bookAs(ride, holder, false)
  for (const id of [man, unsaid]) {
    const quote = quoteFor(ride, id, whole, at(0))
    expect(await lineUp(db, { ...quote, sameGender: true }, at(1))).toBeUndefined()
    expect(await lineUp(db, { ...quote, sameGender: false }, at(1))).toBeDefined()
  }
})

test('a payment that comes late gets the seats back only where every wish still holds', async () => {
  for (const [first, second, rides] of [
    [{ gender: 'male', sameGender: false }, { gender: 'female', sameGender: true }, false],
    [{ gender: 'female', sameGender: true }, { gender: 'male', sameGender: false }, false],
    [{ gender: 'female', sameGender: true }, { gender: 'female', sameGender: true }, true],
  ] as const) {
    const { ride, ids } = await rideFor([first.gender, second.gender])
    const [late = '', other = ''] = ids
    const quote = { ...quoteFor(ride, late, whole, at(0)), sameGender: first.sameGender }
    const unpaid = await book(db, quote, null, at(0), 'online')
    expect(unpaid).toMatchObject({ state: 'unpaid' })
    // As long as the seats are held, so is the wish.
    expect((await bookAs(ride, other, second.sameGender, whole, at(MINUTE_MS))) !== undefined).toBe(rides)
    const after = at(HOUR_MS)
    if (!rides) expect(await bookAs(ride, other, second.sameGender, whole, after)).toBeDefined()
    const paid = await payFor(db, unpaid?.id ?? '', { retake: true }, after)
    expect(paid?.state).toBe(rides ? 'confirmed' : undefined)
    expect(await isBrokenOnRide(ride)).toBe(false)
  }
})
