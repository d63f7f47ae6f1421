import type { Sample } from './measure.ts'
import { METHODS, type Method, NAMES } from './methods.ts'
import { byDensity, percentile, times } from './stats.ts'

const [WIDTH, HEIGHT] = [760, 400]
const [LEFT, RIGHT, TOP, BOTTOM] = [64, 210, 44, 48]
/** What the longest names need beyond that, on the left and in all. */
const [OVERHANG_LEFT, OVERHANG] = [8, 48]
/** Milliseconds of the lowest and the highest line, powers of ten. */
const [LEAST_POWER, MOST_POWER] = [-1, 4]

/** One hue each that stands out on white and on black. */
const COLOURS: Record<Method, string> = {
  none: '#8a8f98',
  path: '#d9822b',
  pathAndDeparture: '#3b82c4',
  corridor: '#1f9d6b',
}

/** Medians of the sparse queries by the number of rides, both axes logarithmic, as SVG for light and dark pages. */
export function drawChart(samples: readonly Sample[], sizes: readonly number[]): string {
  const { sparse } = byDensity(samples, Math.max(...sizes))
  const [first, last] = [Math.log10(Math.min(...sizes)), Math.log10(Math.max(...sizes))]
  const x = (rides: number) =>
    LEFT + ((Math.log10(rides) - first) / (last - first || 1)) * (WIDTH - LEFT - RIGHT)
  const y = (milliseconds: number) =>
    HEIGHT -
    BOTTOM -
    ((Math.log10(milliseconds) - LEAST_POWER) / (MOST_POWER - LEAST_POWER)) * (HEIGHT - TOP - BOTTOM)
  const p50 = (method: Method, rides: number) =>
    percentile(times(sparse.filter((one) => one.method === method && one.rides === rides)), 0.5)

  const powers = Array.from({ length: MOST_POWER - LEAST_POWER + 1 }, (_, k) => LEAST_POWER + k)
  const grid = [
    ...powers.map((power) => {
      const at = y(10 ** power).toFixed(1)
      return `<path class="grid" d="M${LEFT} ${at}H${WIDTH - RIGHT}"/><text x="${LEFT - 8}" y="${at}" dy="4" text-anchor="end">${10 ** power} ms</text>`
    }),
    ...sizes.map(
      (rides) =>
        `<text x="${x(rides).toFixed(1)}" y="${HEIGHT - BOTTOM + 20}" text-anchor="middle">${rides.toLocaleString('en')}</text>`,
    ),
  ]
  const lines = METHODS.map((method) => {
    const points = sizes.map((rides) => [x(rides).toFixed(1), y(p50(method, rides)).toFixed(1)] as const)
    const [endX, endY] = points.at(-1) ?? ['0', '0']
    const dots = points.map(([cx, cy]) => `<circle cx="${cx}" cy="${cy}" r="3.5" fill="${COLOURS[method]}"/>`)
    const value = p50(method, 10 ** last).toLocaleString('en', { maximumSignificantDigits: 2 })
    return `<polyline points="${points.map((point) => point.join(',')).join(' ')}" fill="none" stroke="${COLOURS[method]}" stroke-width="${method === 'corridor' ? 3 : 2}"/>${dots.join('')}<text class="name" x="${Number(endX) + 10}" y="${endY}" dy="4" style="fill:${COLOURS[method]}">${NAMES[method]}: ${value} ms</text>`
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${-OVERHANG_LEFT} 0 ${WIDTH + OVERHANG} ${HEIGHT}" role="img" aria-labelledby="title">
<title id="title">Median time of the search statement by the number of active rides, by index</title>
<style>
text { font: 12px system-ui, sans-serif; fill: #57606a; }
.grid { stroke: #d0d7de; }
.head { font-size: 14px; font-weight: 600; fill: #1f2328; }
.name { font-weight: 600; }
@media (prefers-color-scheme: dark) { text { fill: #9198a1; } .grid { stroke: #3d444d; } .head { fill: #f0f6fc; } }
</style>
<text class="head" x="${LEFT}" y="22">Search statement, median of sparse queries</text>
${grid.join('\n')}
<text x="${(LEFT + WIDTH - RIGHT) / 2}" y="${HEIGHT - 8}" text-anchor="middle">active rides</text>
${lines.join('\n')}
</svg>
`
}
