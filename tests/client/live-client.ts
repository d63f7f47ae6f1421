import { ServerFrame } from '../../packages/protocol/server-frame.ts'
import { type ConnectOptions, FrameClient } from './frame-client.ts'
import type { Trip } from './trips.ts'

const PATIENCE_MS = 5_000

export interface JoinOptions extends ConnectOptions {
  /** The token of a share link, for somebody who watches through it. */
  link?: string
}

/** A socket in a ride's room. */
export class LiveClient extends FrameClient<ServerFrame> {
  constructor(rideId: string, { link, ...options }: JoinOptions) {
    const path = link === undefined ? `/api/v1/rides/${rideId}/live` : `/api/v1/share/${link}/live`
    super({ path, read: (frame) => ServerFrame.parse(frame), patienceMs: PATIENCE_MS }, options)
  }

  /** Joins and waits for the greeting. */
  static async join(trip: Trip, options: JoinOptions): Promise<LiveClient> {
    const client = new LiveClient(trip.rideId, options)
    await client.until(() => client.heard('snapshot').length > 0)
    return client
  }
}

/** A position frame; each step is a bit further on the way and a second later. */
export function positionFrame(step: number) {
  const at = new Date(Date.UTC(2026, 0, 1) + step * 1000).toISOString()
  return { type: 'position', lat: 12.97, lng: 77.59 + step / 1000, speed: 14, heading: 90, accuracy: 8, at }
}

/** Which steps a client has heard, in the order it heard them. */
export function stepsHeard(client: LiveClient): number[] {
  return client.heard('position').map(({ lng }) => Math.round((lng - 77.59) * 1000))
}
