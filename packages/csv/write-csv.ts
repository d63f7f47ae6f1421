/** What ends a line (RFC 4180, 2.1). */
const LINE_END = '\r\n'
/** A cell that a spreadsheet would take for a formula. */
const FORMULA = /^[=+\-@\t\r]/
const NEEDS_QUOTES = /[",\r\n]/

function writeCell(cell: string | number): string {
  // An apostrophe makes a text of it; a number is what it says.
  const safe = typeof cell === 'string' && FORMULA.test(cell) ? `'${cell}` : String(cell)
  return NEEDS_QUOTES.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** A table as CSV (RFC 4180), which no spreadsheet reads a formula from. The first row is its head. */
export function writeCsv(rows: readonly (readonly (string | number)[])[]): string {
  return rows.map((cells) => cells.map(writeCell).join(',') + LINE_END).join('')
}
