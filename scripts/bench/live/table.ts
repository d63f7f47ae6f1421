const line = (cells: readonly unknown[]) => `| ${cells.join(' | ')} |`

/** A table in Markdown. */
export const table = (head: readonly string[], rows: readonly (readonly unknown[])[]) =>
  [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
