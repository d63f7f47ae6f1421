import { io, type Socket } from 'socket.io-client'
import { z } from 'zod'
import type { Api } from './api.ts'
import type { Person } from './people.ts'
import { expectThat, StoryError } from './screen.ts'
import { Link, Message, Messages, Named } from './shapes.ts'

const PATIENCE_MS = 10_000

const Heard = z.object({ message: Message })

/** An app of old: `socket.io-client` with its default options. */
export async function connectOldApp(api: Api, { token }: Person): Promise<Socket> {
  const socket = io(api.base, { auth: { token } })
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', () => resolve())
    socket.once('connect_error', (error) => reject(new StoryError(`Socket.IO: ${error.message}`)))
  })
  return socket
}

/** One writes over REST, the other hears it in the old app and answers there; the answer is then read over REST. */
export async function talk(
  api: Api,
  { asker, answerer, rideId }: { asker: Person; answerer: Person; rideId: string },
  app: Socket,
): Promise<string> {
  const { token } = asker
  const conversation = { rideId, receiverId: answerer.id }
  const { id } = await api.call(
    { method: 'POST', path: '/chat/conversations', token, status: 201, body: conversation },
    Named,
  )
  const heard = hear(app)
  const question = { conversationId: id, body: 'Is there room for a suitcase?' }
  await api.call({ method: 'POST', path: '/chat/messages', token, status: 201, body: question }, Message)
  expectThat((await heard) === question.body, 'another message arrived')
  const answer = { conversationId: id, receiverId: asker.id, message: 'There is, in the boot.' }
  const { ok } = z
    .looseObject({ ok: z.boolean() })
    .parse(await app.timeout(PATIENCE_MS).emitWithAck('chat:message', answer))
  expectThat(ok, 'the answer was not taken')
  const { items } = await api.call({ method: 'GET', path: `/chat/messages/${id}`, token }, Messages)
  expectThat(items[0]?.body === answer.message, 'the answer is not there')
  return answer.message
}

function hear(app: Socket): Promise<string | null> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new StoryError('the old app heard nothing')), PATIENCE_MS)
    app.once('chat:message', (event) => {
      clearTimeout(timer)
      resolve(Heard.parse(event).message.body)
    })
  })
}

/** Makes a link on which anybody may follow the ride, and opens it as a browser without an account does. */
export async function shareRide(api: Api, { token }: Person, rideId: string): Promise<string> {
  const { url } = await api.call({ method: 'POST', path: `/rides/${rideId}/share`, token, status: 201 }, Link)
  const page = await fetch(new URL(url, api.base))
  const html = await page.text()
  expectThat(page.ok && html.includes('<svg'), `the page of the link answers ${page.status}`)
  return `${(html.length / 1024).toFixed(0)} KiB, no account needed`
}
