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
 * The driver sends fifty positions along the path, ten a second. Every passenger is told about once a second, always the
 * newest, in order, and in the end the last.
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
  const last = sent.at(-1)?.at
  for (const passenger of passengers) {
    await passenger.until(
      (frames) => frames.some((frame) => frame.type === 'position' && frame.at === last),
      'seeing the last position',
    )
    let before = ''
    for (const { frame, receivedAt } of passenger.frames) {
      if (frame.type !== 'position') continue
      expectThat(frame.at > before, `a position of ${frame.at} came after that of ${before}`)
      before = frame.at
      const origin = sent.find(({ at }) => at === frame.at)
      expectThat(origin !== undefined, `nobody was where the passenger saw the car at ${frame.at}`)
      delays.push(receivedAt - origin.since)
    }
  }
  clearCar()
  return delays.toSorted((a, b) => a - b)
}
