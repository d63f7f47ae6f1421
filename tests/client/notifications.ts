import { z } from 'zod'
import { type ApiReply, call, expectBody } from './api.ts'
import { readJournal } from './inbox.ts'
import type { Person } from './people.ts'

const PATH = '/api/v1/notifications'

export const Notification = z.looseObject({
  id: z.string(),
  kind: z.string(),
  title: z.string(),
  body: z.string(),
  data: z.record(z.string(), z.string()),
  readAt: z.string().nullable(),
})
export type Notification = z.infer<typeof Notification>

const Page = z.object({ items: z.array(Notification), nextCursor: z.string().nullable(), unread: z.number() })

export const askForNotifications = ({ token }: Person, userId: string, query = ''): Promise<ApiReply> =>
  call('GET', `${PATH}/${userId}${query}`, { token })

/** A page of somebody's own notifications. */
export async function notificationsOf(person: Person, query = ''): Promise<z.infer<typeof Page>> {
  return expectBody(await askForNotifications(person, person.id, query), 200, Page)
}

/** The kinds somebody was told of, the newest first. */
export async function kindsOf(person: Person): Promise<string[]> {
  return (await notificationsOf(person)).items.map(({ kind }) => kind)
}

export const readOne = ({ token }: Person, id: string): Promise<ApiReply> =>
  call('PUT', `${PATH}/${id}/read`, { token })
export const deleteOne = ({ token }: Person, id: string): Promise<ApiReply> =>
  call('DELETE', `${PATH}/${id}`, { token })
export const readAll = ({ token }: Person): Promise<ApiReply> => call('PUT', `${PATH}/read-all`, { token })

export const newPushToken = (prefix = 'device'): string => `${prefix}-${crypto.randomUUID()}`

export const sendPushToken = ({ token }: Person, body: object): Promise<ApiReply> =>
  call('POST', `${PATH}/fcm-token`, { token, body })

/** Registers a device of somebody; returns its token. */
export async function register(person: Person, pushToken = newPushToken()): Promise<string> {
  const { status } = await sendPushToken(person, { token: pushToken, platform: 'android' })
  if (status !== 204) throw new Error(`Registering a device answered ${status}`)
  return pushToken
}

export const removePushToken = ({ token }: Person): Promise<ApiReply> =>
  call('DELETE', `${PATH}/fcm-token`, { token })

const Push = z.looseObject({
  notification: z.object({ title: z.string(), body: z.string() }),
  data: z.record(z.string(), z.string()),
})

/** What a device got, the newest first. */
export async function pushesTo(pushToken: string): Promise<z.infer<typeof Push>[]> {
  return (await readJournal('push', pushToken)).map(({ data }) => Push.parse(data))
}

/** Has operations tell people something. */
export const sendTo = (
  operator: Person,
  people: readonly Pick<Person, 'id'>[],
  more: object = {},
  headers: Record<string, string> = {},
): Promise<ApiReply> => {
  const texts = { en: { title: 'Heavy rain', body: 'Roads around Mysuru may be closed.' } }
  const body = { userIds: people.map(({ id }) => id), texts, ...more }
  return call('POST', PATH, { token: operator.token, body, headers })
}

/** Has the app tell somebody nothing that they can decline: their hub then has only what else happens. */
export async function declineInApp({ token }: Person): Promise<void> {
  const path = `${PATH}/preferences`
  const Choices = z.object({ choices: z.array(z.object({ kind: z.string(), channel: z.string() })) })
  const { choices } = expectBody(await call('GET', path, { token }), 200, Choices)
  const declined = choices
    .filter(({ channel }) => channel === 'hub')
    .map((choice) => ({ ...choice, wanted: false }))
  const { status } = await call('PUT', path, { token, body: { choices: declined } })
  if (status !== 200) throw new Error(`Declining answered ${status}`)
}
