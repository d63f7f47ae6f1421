import type { RoomPass } from '#packages/protocol/room-pass.ts'

const session = () => ({ sessionId: crypto.randomUUID(), expiresAt: Date.now() + 3_600_000 })

/** Passes for one ride: its driver's and any number of passengers', each `book`ing a place. */
export function passesFor(status: RoomPass['ride']['status'] = 'started') {
  const driverId = crypto.randomUUID()
  const ride = { id: crypto.randomUUID(), driverId, status, departsAt: '2026-11-22T06:00:00Z' }
  const driver: RoomPass = { userId: driverId, role: 'driver', ...session(), ride }
  const book = () => ({
    userId: crypto.randomUUID(),
    role: 'passenger' as const,
    bookingId: crypto.randomUUID(),
    ...session(),
    ride,
  })
  return { ride, driver, book }
}

/** A position frame near Bengaluru; `step` moves it along and its time in seconds. */
export function positionFrame(step: number, start: number = Date.now()) {
  const at = new Date(start + step * 1000).toISOString()
  return { type: 'position', lat: 12.97 - step / 1000, lng: 77.59 - step / 1000, speed: 15, accuracy: 8, at }
}
