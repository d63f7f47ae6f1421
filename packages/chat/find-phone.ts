import { digitOf, repeatOf } from './number-words.ts'

/** Ten digits from 6 on, as mobile numbers in India have, or eleven with the 0 of a town. */
const NUMBER = /^(?:(?:00|0)?(?:91)?[6-9]\d{9}|0[1-9]\d{9})$/
/** A number of any country, eight digits or more. */
const FOREIGN = /\+ ?\d(?:[ ().-]{0,2}\d){7,14}(?!\d)/

const TOKEN = /\d+|\p{L}[\p{L}\p{M}]*|[^\d\p{L}]+/gu
/** What may stand between the digits of one number; a colon makes times, a slash dates. */
const BETWEEN = /^[\s.,_()[\]*+•·|-]+$/
/** A place on the map is no number. */
const COORDINATES = /\d{1,2}\.\d{3,}\s*,\s*\d{2,3}\.\d{3,}/g
/** Before a number of trains and the like. */
const OTHER_NUMBER = /\b(?:pnr|utr|order|ticket|booking)\b[^\p{L}\d]*$/u

/** Whether a phone number is in a text, in digits or in words. @param text as `plainText` makes it */
export function hasPhone(text: string): boolean {
  const rest = text.replaceAll(COORDINATES, '; ')
  return FOREIGN.test(rest) || digitRuns(rest).some((run) => isNumber(run))
}

/** Digits that follow each other with nothing but spaces and the like between them, piece by piece. */
function digitRuns(text: string): string[][] {
  const runs: string[][] = []
  let run: string[] = []
  let times = 1
  const end = () => {
    if (run.length > 0) runs.push(run)
    run = []
    times = 1
  }
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    const digits = /^\d/.test(token) ? token : digitOf(token)
    const repeat = repeatOf(token)
    if (digits !== undefined) {
      if (run.length === 0 && OTHER_NUMBER.test(text.slice(0, index))) continue
      run.push(digits.slice(0, 1).repeat(times) + digits.slice(1))
      times = 1
    } else if (repeat !== undefined) times = repeat
    else if (!BETWEEN.test(token)) end()
  }
  end()
  return runs
}

/** Whether the run, its beginning, its end or one piece of it is a number: "2 seats 98765 43210 5 bags" is split by words. */
function isNumber(run: readonly string[]): boolean {
  return run.some(
    (piece, index) =>
      NUMBER.test(piece) ||
      NUMBER.test(run.slice(index).join('')) ||
      NUMBER.test(run.slice(0, index + 1).join('')),
  )
}
