import { escapeText } from '../../plots/escape-text.ts'

/** Colours that stay apart for people who see few, on light and on dark pages: Paul Tol's "muted", and greys. */
const COLOURS = [
  '#cc6677',
  '#ddcc77',
  '#332288',
  '#88ccee',
  '#bbbbbb',
  '#aa4499',
  '#6699cc',
  '#117733',
  '#999933',
  '#2f7ed8',
  '#44aa99',
  '#888888',
  '#882255',
]
const WIDTH = 760
const LEFT = 210
const ROW = 40
const TOP = 54
const LEGEND_ROW = 22
const COLUMNS = 3
/** Narrower parts have no room for their number. */
const NAMED_FROM = 0.045

export interface Bar {
  label: string
  /** Parts of 1, in the order of the names. */
  parts: readonly number[]
}

/** Bars of the same length, each cut into its parts, and what the colours mean. */
export function drawShares(title: string, names: readonly string[], bars: readonly Bar[]): string {
  const colour = (index: number) => COLOURS[index % COLOURS.length]
  const legendTop = TOP + bars.length * ROW + 12
  const height = legendTop + Math.ceil(names.length / COLUMNS) * LEGEND_ROW + 8
  const rows = bars.map(({ label, parts }, row) => {
    const y = TOP + row * ROW
    let x = LEFT
    const pieces = parts.map((part, index) => {
      const width = (WIDTH - LEFT - 16) * part
      const piece = `  <rect x="${x.toFixed(1)}" y="${y}" width="${width.toFixed(1)}" height="26" fill="${colour(index)}"/>`
      const middle = (x + width / 2).toFixed(1)
      x += width
      if (part < NAMED_FROM) return piece
      return `${piece}
  <text x="${middle}" y="${y + 18}" text-anchor="middle" font-size="12" class="on">${Math.round(part * 100)} %</text>`
    })
    return [
      `  <text x="${LEFT - 12}" y="${y + 18}" text-anchor="end">${escapeText(label)}</text>`,
      ...pieces,
    ].join('\n')
  })
  const legend = names.map((name, index) => {
    const [column, row] = [index % COLUMNS, Math.floor(index / COLUMNS)]
    const [x, y] = [16 + column * ((WIDTH - 16) / COLUMNS), legendTop + row * LEGEND_ROW]
    return `  <rect x="${x.toFixed(1)}" y="${y}" width="14" height="14" rx="2" fill="${colour(index)}"/>
  <text x="${(x + 20).toFixed(1)}" y="${y + 12}" font-size="13">${escapeText(name)}</text>`
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="system-ui, sans-serif" font-size="14">
  <style>text { fill: #222 } .on { fill: #fff; stroke: #222; stroke-width: 2px; paint-order: stroke } @media (prefers-color-scheme: dark) { text { fill: #ddd } .on { fill: #fff } }</style>
  <text x="12" y="28" font-size="16" font-weight="600">${escapeText(title)}</text>
${[...rows, ...legend].join('\n')}
</svg>
`
}
