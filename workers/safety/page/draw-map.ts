import { decodePolyline } from '#packages/geo/polyline.ts'
import { distanceMetres, type Position } from '#packages/geo/position.ts'
import { html, type Markup } from '#packages/html/markup.ts'
import { drivenPart, type Spot } from './driven-part.ts'
import { frameAround, place, SIDE } from './frame.ts'

/** What there is to draw. */
export interface MapContent {
  ride: {
    path: string
    from: string
    to: string
    destination: Position
    car: (Position & { heading: number | null }) | null
    isOver: boolean
  } | null
  /** Where help was called from. */
  sos: Position | null
  /** What the drawing is called, for who cannot see it. */
  title: string
}

/** How high above its place a mark goes, and so its name; and how far below it a name stands. */
const [START_HEIGHT, PIN_HEIGHT, LABEL_BELOW] = [36, 116, 58]

/** A destination this near to the end of the way is its end. */
const SAME_PLACE_METRES = 300

const CAR = html`<circle class="halo" r="54"/><g class="car-body">
<path class="car-paint" d="M-21-30q0-18 21-18t21 18v60q0 16-21 16t-21-16z"/>
<path class="car-glass" d="M-15-16q15-9 30 0l-4 17q-11-4-22 0zM-12 22q12 4 24 0l3 11q-15 6-30 0z"/></g>`

/** A drawing of the way and of who moves on it. Its frame stays as long as what it shows keeps within it. */
export function drawMap({ ride, sos, title }: MapContent): Markup {
  const points = ride ? decodePolyline(ride.path) : []
  const marks = [...(ride?.car ? [ride.car] : []), ...(sos ? [sos] : [])]
  const frame = frameAround([...points, ...marks])
  const at = (position: Position) => place(frame, position)
  const spots = points.map(at)
  const d = `M${spots.map(({ x, y }) => `${x} ${y}`).join('L')}`
  const [first, last] = [spots[0], spots.at(-1)]
  const end = points.at(-1)
  const driven = ride?.isOver ? 1 : ride?.car ? drivenPart(points, spots, ride.car) : 0
  const getsOffOnTheWay = ride && end && distanceMetres(ride.destination, end) > SAME_PLACE_METRES
  const { west, north, perLng, perLat } = frame
  return html`<svg id="map" viewBox="0 0 ${SIDE} ${SIDE}" role="img" aria-label="${title}"
data-west="${west}" data-north="${north}" data-per-lng="${perLng}" data-per-lat="${perLat}">
${ride && html`<path class="way" d="${d}"/><path id="driven" class="driven" d="${d}" pathLength="1" stroke-dasharray="${driven} 2"/>`}
${ride && first && html`<circle class="start" cx="${first.x}" cy="${first.y}" r="15"/>${label(first, ride.from, spots, START_HEIGHT)}`}
${ride && last && html`${pin(last, getsOffOnTheWay ? 'pin plain' : 'pin')}${label(last, ride.to, spots, PIN_HEIGHT)}`}
${getsOffOnTheWay && pin(at(ride.destination), 'pin')}
${sos && html`<g class="sos" transform="translate(${at(sos).x} ${at(sos).y})"><circle class="halo" r="70"/><circle r="24"/></g>`}
${ride?.car && car(at(ride.car), ride.car.heading)}
</svg>`
}

function car({ x, y }: Spot, heading: number | null): Markup {
  const turned = heading ?? 0
  return html`<g id="car" class="car" data-x="${x}" data-y="${y}" data-heading="${turned}" transform="translate(${x} ${y}) rotate(${turned})">${CAR}</g>`
}

function pin({ x, y }: Spot, kind: string): Markup {
  return html`<g class="${kind}" transform="translate(${x} ${y})"><path d="M0 0C-8-26-34-38-34-64a34 34 0 0 1 68 0C34-38 8-26 0 0z"/><circle cy="-64" r="13"/></g>`
}

/** A name at its place, where the way does not go: above it where the way goes down, else below. */
function label({ x, y }: Spot, name: string, way: readonly Spot[], height: number): Markup {
  const middle = way[way.length >> 1] ?? { x, y }
  const anchor = x > SIDE * 0.66 ? 'end' : x < SIDE * 0.34 ? 'start' : 'middle'
  const baseline = middle.y > y ? y - height : y + LABEL_BELOW
  return html`<text class="label" x="${x}" y="${baseline}" text-anchor="${anchor}">${name}</text>`
}
