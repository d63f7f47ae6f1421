import type { Source } from './read-sources.ts'

/** Codes of the registry that no code answers with. A promise nobody keeps misleads the clients that read it. */
export function checkProblemCodes(codes: readonly string[], sources: readonly Source[]): string[] {
  const quoted = new Set(
    sources.flatMap(({ text }) => [...text.matchAll(/'([a-z][a-z_]*)'/g)].map((match) => match[1])),
  )
  return codes
    .filter((code) => !quoted.has(code))
    .map((code) => `${code} is in packages/errors/registry.ts, and nothing answers with it`)
}
