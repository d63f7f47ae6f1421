/** Tells whether a key fits. */
export type KeyTest = (key: string) => boolean

export const everyKey: KeyTest = () => true

/** A Redis glob (`*`, `?`, `[a-z]`, `[^x]`, `\` to escape) as a test over whole keys. */
export function matchGlob(pattern: string): KeyTest {
  const source = pattern.replace(
    /\\(.)|\[(\^?)((?:\\.|[^\]\\])*)\]|([*?])|([^])/gu,
    (_all, escaped, negated, members, wildcard, plain) => {
      if (members !== undefined) return `[${negated}${members.replace(/[[\]^]/g, '\\$&')}]`
      if (wildcard !== undefined) return wildcard === '*' ? '.*' : '.'
      return (escaped ?? plain).replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
    },
  )
  const expression = new RegExp(`^(?:${source})$`, 'su')
  return (key) => expression.test(key)
}
