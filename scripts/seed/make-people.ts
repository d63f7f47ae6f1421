import type { drivers, users, vehicles } from '#db/schema/index.ts'
import type { Town } from '#packages/local-cloud/stand-ins/google-maps/gazetteer.ts'
import { type Random, randomId } from './random.ts'

export type User = typeof users.$inferInsert
export type Driver = typeof drivers.$inferInsert
export type Vehicle = typeof vehicles.$inferInsert

/** Everybody joined within this year: before any ride, and the same whenever the seed runs. */
const JOINED_FROM = Date.UTC(2025, 0, 1)
const JOINED_WITHIN_MS = 300 * 24 * 3600_000

/** Valid Indian mobile numbers in one block, so that seeded people are easy to tell and to remove. */
const FIRST_PHONE = 7_000_000_000

const FIRST_NAMES = [
  'Aarav Aditi Anil Ananya Arjun Asha Deepa Farhan Geeta Harpreet Imran Ishaan Kavya Kiran',
  'Lakshmi Manoj Meera Mohan Neha Nikhil Pooja Pradeep Priya Rahul Ravi Rekha Rohan Sana',
  'Sanjay Shreya Sunita Suresh Tanvi Thomas Uma Varun Vikram Vimala Yasmin Zoya',
].flatMap((line) => line.split(' '))
const LAST_NAMES = [
  'Agarwal Bose Chauhan Das Deshmukh Fernandes Ghosh Gowda Gupta Iyer Joshi Kapoor Khan Kulkarni',
  'Kumar Mehta Menon Mishra Mukherjee Nair Naidu Pandey Patel Pillai Rao Reddy Shah Sharma',
  'Singh Yadav',
].flatMap((line) => line.split(' '))
const LANGUAGES: Readonly<Record<string, NonNullable<User['language']>>> = {
  KA: 'kn',
  TN: 'ta',
  PY: 'ta',
  AP: 'te',
  TG: 'te',
  MH: 'mr',
  KL: 'en',
  GA: 'en',
}
const COLOURS = ['white', 'silver', 'grey', 'black', 'red', 'blue', 'brown'] as const
const MODELS = [
  { make: 'Maruti Suzuki', model: 'Ertiga', fuels: ['cng', 'petrol'], seats: 6 },
  { make: 'Maruti Suzuki', model: 'Dzire', fuels: ['cng', 'petrol'], seats: 4 },
  { make: 'Maruti Suzuki', model: 'Baleno', fuels: ['petrol'], seats: 4 },
  { make: 'Hyundai', model: 'Creta', fuels: ['diesel', 'petrol'], seats: 4 },
  { make: 'Hyundai', model: 'Aura', fuels: ['cng', 'petrol'], seats: 4 },
  { make: 'Tata', model: 'Nexon', fuels: ['electric', 'petrol', 'diesel'], seats: 4 },
  { make: 'Tata', model: 'Tiago', fuels: ['cng', 'electric'], seats: 4 },
  { make: 'Toyota', model: 'Innova', fuels: ['diesel', 'hybrid'], seats: 7 },
  { make: 'Mahindra', model: 'XUV700', fuels: ['diesel', 'petrol'], seats: 6 },
  { make: 'Kia', model: 'Carens', fuels: ['diesel', 'petrol'], seats: 6 },
  { make: 'Honda', model: 'City', fuels: ['petrol', 'hybrid'], seats: 4 },
] as const

/** The person with this number, who lives in a town. */
export function makeUser(number: number, home: Town, random: Random): User & { createdAt: Date } {
  const joined = JOINED_FROM + random.whole(0, JOINED_WITHIN_MS)
  const createdAt = new Date(joined)
  return {
    id: randomId(random, joined),
    phone: `+91${FIRST_PHONE + number}`,
    name: `${random.pick(FIRST_NAMES)} ${random.pick(LAST_NAMES)}`,
    language: LANGUAGES[home.state[1]] ?? 'hi',
    createdAt,
    updatedAt: createdAt,
  }
}

/** What makes a person a driver. */
export function makeDriver({ id, createdAt }: Pick<User, 'id' | 'createdAt'>, home: Town): Driver {
  return { userId: id, bio: `From ${home.name}`, online: false, createdAt, updatedAt: createdAt }
}

/** The car of the driver with this number; its plate is of the series ZZ, to be told from those people type in. */
export function makeVehicle(number: number, driver: Driver, home: Town, random: Random): Vehicle {
  const { make, model, fuels, seats } = random.pick(MODELS)
  return {
    id: randomId(random, driver.createdAt.getTime()),
    driverId: driver.userId,
    make,
    model,
    seats,
    active: true,
    createdAt: driver.createdAt,
    year: random.whole(2014, 2025),
    plate: `${home.state[1] || 'DL'}${random.whole(10, 60)}ZZ${1000 + number}`,
    colour: random.pick(COLOURS),
    fuel: random.pick<(typeof fuels)[number]>(fuels),
  }
}
