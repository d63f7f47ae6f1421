/** Products of the dihedral group D5, and the powers of Verhoeff's permutation. J. Verhoeff, 1969, "Error detecting decimal codes". */
const product = [
  [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
  [1, 2, 3, 4, 0, 6, 7, 8, 9, 5],
  [2, 3, 4, 0, 1, 7, 8, 9, 5, 6],
  [3, 4, 0, 1, 2, 8, 9, 5, 6, 7],
  [4, 0, 1, 2, 3, 9, 5, 6, 7, 8],
  [5, 9, 8, 7, 6, 0, 4, 3, 2, 1],
  [6, 5, 9, 8, 7, 1, 0, 4, 3, 2],
  [7, 6, 5, 9, 8, 2, 1, 0, 4, 3],
  [8, 7, 6, 5, 9, 3, 2, 1, 0, 4],
  [9, 8, 7, 6, 5, 4, 3, 2, 1, 0],
]
const permutation = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4]

/** Whether the last digit of a number is the check digit of the others. @param digits only digits */
export function passesVerhoeff(digits: string): boolean {
  let check = 0
  for (const [index, digit] of Array.from(digits).toReversed().entries()) {
    let value = Number(digit)
    for (let round = index % 8; round > 0; round--) value = permutation[value] ?? 0
    check = product[check]?.[value] ?? 0
  }
  return check === 0
}
