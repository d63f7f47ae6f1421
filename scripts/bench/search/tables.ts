/** Three digits that say something; a dash for what was not measured. */
export const number = (value: number) =>
  Number.isNaN(value) ? '–' : value.toLocaleString('en', { maximumSignificantDigits: 3 })

export const whole = (value: number) => value.toLocaleString('en')

const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`

/** A Markdown table; all columns but the first are numbers. */
export const table = (head: readonly string[], rows: readonly (readonly string[])[]) =>
  [row(head), row(head.map((_, k) => (k === 0 ? '---' : '---:'))), ...rows.map(row)].join('\n')
