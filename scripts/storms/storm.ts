import type { Db } from '#db/client.ts'
import { brokenInvariants } from './broken-invariants.ts'
import type { NewRide } from './new-ride.ts'
import { readSnapshot } from './ride-snapshot.ts'

/** What happened in one round of a storm. */
export interface Round {
  ride: NewRide
  /** What came of each request: `done`, `refused`, or the constraint that refused it. */
  outcomes: string[]
  /** What was not as it should be, beside the invariants that hold for every ride. */
  broken: string[]
}

export interface Storm {
  name: string
  rounds: number
  run: (db: Db, now: Date) => Promise<Round>
}

export interface StormResult {
  name: string
  rounds: number
  requests: number
  seconds: number
  /** How often each outcome came, the most frequent first. */
  outcomes: [outcome: string, count: number][]
  broken: string[]
}

/** Runs every round of a storm, and looks at the ride after each. */
export async function runStorm(
  db: Db,
  { name, rounds, run }: Storm,
  onRound: (done: number) => void,
): Promise<StormResult> {
  const counts = new Map<string, number>()
  const broken: string[] = []
  let [requests, seconds] = [0, 0]
  for (let round = 1; round <= rounds; round++) {
    const startedAt = performance.now()
    const { ride, outcomes, broken: wrong } = await run(db, new Date())
    seconds += (performance.now() - startedAt) / 1000
    requests += outcomes.length
    for (const outcome of outcomes) counts.set(outcome, (counts.get(outcome) ?? 0) + 1)
    const always = brokenInvariants(await readSnapshot(db, ride.rideId))
    broken.push(...[...wrong, ...always].map((each) => `round ${round}: ${each}`))
    onRound(round)
  }
  return { name, rounds, requests, seconds, outcomes: [...counts].toSorted((a, b) => b[1] - a[1]), broken }
}

/** What came of a request. An error that is no refusal of the database's ends the storm. */
export async function outcomeOf(request: Promise<unknown>): Promise<string> {
  try {
    return (await request) ? 'done' : 'refused'
  } catch (error) {
    const { constraint, cause } = Object(error)
    const name: unknown = constraint ?? Object(cause).constraint
    if (typeof name === 'string') return name
    throw error
  }
}

/** Everything at once, in no order. */
export function atOnce<Request>(requests: readonly Request[], send: (request: Request) => Promise<unknown>) {
  const shuffled = requests
    .map((request) => ({ request, place: Math.random() }))
    .toSorted((a, b) => a.place - b.place)
  return Promise.all(shuffled.map(({ request }) => outcomeOf(send(request))))
}
