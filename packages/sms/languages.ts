/** The languages we write to people in; the first is for whoever asked for none of them. */
export const LANGUAGES = ['en', 'hi', 'kn', 'ta', 'te', 'mr'] as const
export type Language = (typeof LANGUAGES)[number]

export const DEFAULT_LANGUAGE: Language = 'en'

/** More than a person lists; what comes after it is not read. */
const MAX_RANGES = 20

/**
 * The language of ours that a person likes best, from their `Accept-Language` (RFC 9110, 12.5.4): the highest weight
 * wins, then the first. A region (`hi-IN`) counts as its language. Undefined: none of ours, or no preference.
 */
export function preferredLanguage(acceptLanguage: string | null): Language | undefined {
  const wanted = (acceptLanguage ?? '').split(',', MAX_RANGES).flatMap((range) => {
    const [tag = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase())
    const language = LANGUAGES.find((each) => each === tag.split('-')[0])
    const weight = Number(parameters.find((each) => each.startsWith('q='))?.slice(2) ?? 1)
    return language !== undefined && weight > 0 && weight <= 1 ? [{ language, weight }] : []
  })
  return wanted.toSorted((a, b) => b.weight - a.weight)[0]?.language
}
