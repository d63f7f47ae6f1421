import { z } from 'zod'
import { explainFrame } from '#packages/protocol/read-json.ts'
import { type Answer, done, refused } from './answer.ts'
import { AckEvent, AwayEvent, ChatMessageEvent, RideId, TypingEvent, WatchEvent } from './client-events.ts'
import { followRide, leaveRide } from './follow-ride.ts'
import type { Client, Gateway } from './gateway.ts'

type Handler = (gateway: Gateway, client: Client, argument: unknown) => Promise<Answer>

/** A handler of an event whose first argument has this shape. */
function on<Shape extends z.ZodType>(
  shape: Shape,
  handle: (gateway: Gateway, client: Client, argument: z.output<Shape>) => Promise<Answer>,
): Handler {
  return async (gateway, client, argument) => {
    const { data, error } = shape.safeParse(argument)
    if (error) return refused({ code: 'invalid_event', message: explainFrame(error) })
    return handle(gateway, client, data)
  }
}

/** Every event that clients may send, but for positions. */
const handlers: ReadonlyMap<string, Handler> = new Map([
  ['ride:join', on(RideId, followRide)],
  ['ride:leave', on(RideId, leaveRide)],
  [
    'chat:message',
    on(ChatMessageEvent, (gateway, client, { conversationId, message, clientId }) =>
      perform(
        gateway,
        client,
        'POST',
        '/chat/messages',
        { conversationId, body: message, clientId },
        'message',
      ),
    ),
  ],
  ['driver:online', (gateway, client) => setOnline(gateway, client, true)],
  ['driver:offline', (gateway, client) => setOnline(gateway, client, false)],
  ['ack', on(AckEvent, (gateway, client, body) => sayToHub(gateway, client, { type: 'ack', ...body }))],
  ['away', on(AwayEvent, (gateway, client, body) => sayToHub(gateway, client, { type: 'away', ...body }))],
  [
    'presence:watch',
    on(WatchEvent, (gateway, client, body) => sayToHub(gateway, client, { type: 'presence:watch', ...body })),
  ],
  [
    'chat:typing',
    on(TypingEvent, (gateway, client, body) => sayToHub(gateway, client, { type: 'chat:typing', ...body })),
  ],
])

/** Does what a client's event asks for. */
export async function handleEvent(
  gateway: Gateway,
  client: Client,
  name: string,
  argument: unknown,
): Promise<Answer> {
  const handler = handlers.get(name)
  if (!handler) return refused({ code: 'unknown_event', message: 'There is no event of this name' })
  return handler(gateway, client, argument)
}

function setOnline(gateway: Gateway, client: Client, online: boolean): Promise<Answer> {
  return perform(gateway, client, 'PUT', '/driver/online-status', { online }, 'driver')
}

async function sayToHub(gateway: Gateway, client: Client, frame: object): Promise<Answer> {
  const { userId, link } = client.content
  const self = { gateway: gateway.name, socket: link }
  if (await gateway.around.hub(userId).sayVia(self, [JSON.stringify(frame)])) return done
  // The hub has given this gateway up in the meantime; the client comes back and gets what it missed.
  gateway.hangUp(client, 'internal')
  return refused({ code: 'internal', message: 'The connection has to be made anew' })
}

const ProblemBody = z.looseObject({ code: z.string(), title: z.string(), detail: z.string().optional() })

/** Performs an operation as the client's person; its reply comes under a name of its own. */
async function perform(
  gateway: Gateway,
  client: Client,
  method: 'POST' | 'PUT',
  path: string,
  body: object,
  name: string,
): Promise<Answer> {
  const { userId, sessionId } = client.content
  const call = { method, path, body: JSON.stringify(body) }
  const reply = await gateway.around.backend.call({ userId, sessionId }, call)
  const json: unknown = JSON.parse(reply.body)
  if (reply.status < 400) return { ok: true, [name]: json }
  const { code, title, detail = title } = ProblemBody.parse(json)
  return refused({ code, message: detail })
}
