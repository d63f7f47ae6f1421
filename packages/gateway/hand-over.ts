import { type Answer, done, refused } from './answer.ts'
import { followRide } from './follow-ride.ts'
import type { Client, Gateway } from './gateway.ts'
import type { Batch } from './position-pace.ts'

/** A position as its room reads it, and who waits to hear what came of it. */
export interface Report {
  frame: string
  answer: (outcome: Answer) => void
}

export function framesOf({ reports }: Batch<Client, Report>): string[] {
  return reports.map(({ frame }) => frame)
}

/** Hands positions to their ride's room, as one of its members; the answers come when it has them. */
export async function handOver(gateway: Gateway, batch: Batch<Client, Report>): Promise<void> {
  const outcome = await sayOrJoin(gateway, batch)
  for (const { answer } of batch.reports) answer(outcome)
}

/** Old apps report positions without having joined, and a room may have forgotten a gateway that it could not reach. */
async function sayOrJoin(gateway: Gateway, batch: Batch<Client, Report>): Promise<Answer> {
  const { client, rideId, since } = batch
  const self = gateway.linkOf(client)
  const say = () => gateway.rooms.say(self, rideId, framesOf(batch), gateway.around.now() - since)
  if (client.content.rides.includes(rideId) && (await say())) return done
  const answer = await followRide(gateway, client, rideId)
  if (!answer.ok) return answer
  return (await say()) ? done : refused({ code: 'ride_not_live', message: 'The ride is not live now' })
}
