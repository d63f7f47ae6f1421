import { escapeText } from './escape-text.ts'

interface Bar {
  label: string
  value: number
  /** What is written at its end. */
  text: string
}

const WIDTH = 760
const LEFT = 270
const ROW = 34
const TOP = 54

/** Horizontal bars as an SVG that can be read on light and dark pages. */
export function drawBars(title: string, bars: readonly Bar[]): string {
  const largest = Math.max(...bars.map(({ value }) => value))
  const height = TOP + bars.length * ROW + 12
  const rows = bars.map(({ label, value, text }, index) => {
    const y = TOP + index * ROW
    const length = Math.max(2, ((WIDTH - LEFT - 110) * value) / largest)
    return `  <text x="${LEFT - 12}" y="${y + 16}" text-anchor="end">${escapeText(label)}</text>
  <rect x="${LEFT}" y="${y}" width="${length.toFixed(1)}" height="22" rx="3" fill="#2f7ed8"/>
  <text x="${(LEFT + length + 8).toFixed(1)}" y="${y + 16}">${escapeText(text)}</text>`
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="system-ui, sans-serif" font-size="14">
  <style>text { fill: #222 } @media (prefers-color-scheme: dark) { text { fill: #ddd } }</style>
  <text x="12" y="28" font-size="16" font-weight="600">${escapeText(title)}</text>
${rows.join('\n')}
</svg>
`
}
