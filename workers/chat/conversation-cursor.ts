import { Problem } from '#packages/errors/problem.ts'
import { decodeCursor, encodeCursor } from '../http/pagination.ts'

/** Digits of an instant far ahead of any of ours, and within what the database knows. */
const CURSOR = /^(\d{1,14}) ([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})$/

interface Place {
  activeAt: Date
  id: string
}

/** The place in the order behind which the next page begins. */
export const cursorAfter = ({ activeAt, id }: Place): string => encodeCursor(`${activeAt.getTime()} ${id}`)

/** Undefined without a cursor. @throws Problem `invalid_cursor` */
export function readPlace(cursor: string | undefined): Place | undefined {
  if (cursor === undefined) return undefined
  const [, at, id] = CURSOR.exec(decodeCursor(cursor)) ?? []
  if (at === undefined || id === undefined) throw new Problem('invalid_cursor')
  return { activeAt: new Date(Number(at)), id }
}
