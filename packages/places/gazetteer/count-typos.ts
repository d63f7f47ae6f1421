/** Longer names are compared to here. */
const MAX_LETTERS = 64
let [before, last, row] = [0, 1, 2].map(() => new Uint8Array(MAX_LETTERS + 1))

/**
 * The fewest letters that were left out, put in, changed or swapped with their neighbour so that somebody who wanted to
 * type a beginning of the name typed this; undefined for more than `most`.
 * Restricted edit distance (R. A. Wagner, M. J. Fischer, J. ACM 21 (1), 1974, with the swaps of F. J. Damerau, Comm. ACM 7 (3), 1964),
 * its last row's least value being that of the best beginning.
 */
export function countTypos(typed: string, name: string, most: number): number | undefined {
  const columns = Math.min(name.length, typed.length + most, MAX_LETTERS)
  if (columns < typed.length - most || !before || !last || !row) return undefined
  for (let j = 0; j <= columns; j++) last[j] = j
  for (let i = 1; i <= typed.length; i++) {
    const letter = typed.charCodeAt(i - 1)
    const previous = typed.charCodeAt(i - 2)
    row[0] = i
    let least = i
    for (let j = 1; j <= columns; j++) {
      const wanted = name.charCodeAt(j - 1)
      const changed = (last[j - 1] ?? 0) + (letter === wanted ? 0 : 1)
      let typos = Math.min(changed, (last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1)
      if (i > 1 && j > 1 && letter === name.charCodeAt(j - 2) && previous === wanted)
        typos = Math.min(typos, (before[j - 2] ?? 0) + 1)
      row[j] = typos
      if (typos < least) least = typos
    }
    if (least > most) return undefined
    ;[before, last, row] = [last, row, before]
  }
  let best = most + 1
  for (let j = 0; j <= columns; j++) best = Math.min(best, last[j] ?? best)
  return best > most ? undefined : best
}
