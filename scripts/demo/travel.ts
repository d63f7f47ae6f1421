import { setTimeout } from 'node:timers/promises'
import { pointAt } from '../../packages/geo/locate.ts'
import { decodePolyline } from '../../packages/geo/polyline.ts'
import { distanceMetres } from '../../packages/geo/position.ts'
import type { LiveSocket } from './live-socket.ts'
import { clearCar, drawCar, expectThat } from './screen.ts'

export const POSITIONS = 50
const EVERY_MS = 105
const SPEED_METRES_PER_SECOND = 22

/** Straight metres along a polyline, for a car that is drawn, not timed. */
function measure(polyline: string) {
  const points = decodePolyline(polyline)
  const metres = [0]
  for (const [index, point] of points.entries()) {
    const before = points[index - 1]
    if (before) metres.push((metres.at(-1) ?? 0) + distanceMetres(before, point))
  }
  return { points, metres, seconds: metres }
}

/**
 * The driver sends fifty positions along the path; every passenger must get every one, in order.
 * @returns milliseconds from the driver's send to each passenger's receipt, sorted
 */
export async function travel(
  driver: LiveSocket,
  passengers: readonly LiveSocket[],
  polyline: string,
): Promise<number[]> {
  const path = measure(polyline)
  const total = path.metres.at(-1) ?? 0
  const sent: { at: string; since: number }[] = []
  for (let index = 0; index < POSITIONS; index++) {
    const fraction = (index + 1) / POSITIONS
    const at = new Date().toISOString()
    sent.push({ at, since: performance.now() })
    driver.say({
      type: 'position',
      ...pointAt(path, total * fraction),
      speed: SPEED_METRES_PER_SECOND,
      accuracy: 8,
      at,
    })
    drawCar(fraction, `${index + 1} of ${POSITIONS} positions`)
    await setTimeout(EVERY_MS)
  }
  const delays: number[] = []
  for (const passenger of passengers) {
    await passenger.until(
      (frames) => frames.filter(({ type }) => type === 'position').length >= POSITIONS,
      'seeing all positions',
    )
    const seen = passenger.frames.filter(({ frame }) => frame.type === 'position')
    for (const [index, { frame, receivedAt }] of seen.entries()) {
      const origin = sent[index]
      expectThat(
        frame.type === 'position' && frame.at === origin?.at,
        `position ${index + 1} is missing or out of order`,
      )
      delays.push(receivedAt - origin.since)
    }
  }
  clearCar()
  return delays.toSorted((a, b) => a - b)
}
