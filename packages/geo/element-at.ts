/** The element that the caller knows is there. @throws RangeError when it is not, instead of computing with undefined. */
export function elementAt<T>(values: readonly T[], index: number): T {
  const value = values[index]
  if (value === undefined) throw new RangeError(`no element ${index} in ${values.length}`)
  return value
}
