/** Lines with what there is after each of them, paise, and what there is at the end. */
export function runningBalance<Line extends { amount: number }>(
  opening: number,
  lines: readonly Line[],
): { lines: (Line & { balance: number })[]; closing: number } {
  let balance = opening
  const balanced = lines.map((line) => ({ ...line, balance: (balance += line.amount) }))
  return { lines: balanced, closing: balance }
}
