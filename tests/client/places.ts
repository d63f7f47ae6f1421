import { z } from 'zod'
import { type ApiReply, call, expectBody } from './api.ts'
import type { Person } from './people.ts'

export const Suggestions = z.object({
  items: z.array(
    z.object({
      placeId: z.string(),
      text: z.string(),
      name: z.string(),
      distance: z.number().nullable(),
      source: z.enum(['google', 'geonames']),
    }),
  ),
})

/** Asks one of the paths of places. */
export function askPlaces(
  { token }: Pick<Person, 'token'>,
  path: string,
  query: Record<string, string> = {},
  headers: Record<string, string> = {},
): Promise<ApiReply> {
  return call('GET', `/api/v1/places/${path}?${new URLSearchParams(query)}`, { token, headers })
}

/** What is suggested to somebody who typed so much. */
export async function suggest(
  person: Person,
  input: string,
  query: Record<string, string> = {},
): Promise<z.infer<typeof Suggestions>['items']> {
  return expectBody(await askPlaces(person, 'autocomplete', { input, ...query }), 200, Suggestions).items
}
