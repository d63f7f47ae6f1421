import { timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import type { RedisBackend } from './redis-backend.ts'
import { type Outcome, RedisError, type Reply } from './reply.ts'

const MAX_BODY_BYTES = 1_048_576
const MAX_COMMANDS = 1000

/** Commands that need a connection of their own or would stop the server; the REST front of Upstash has none of them. */
const UNAVAILABLE = new Set(
  `AUTH BLMOVE BLMPOP BLPOP BRPOP BRPOPLPUSH BZMPOP BZPOPMAX BZPOPMIN CLIENT CONFIG DEBUG DISCARD EXEC HELLO MONITOR
   MULTI PSUBSCRIBE PSYNC QUIT REPLICAOF RESET SELECT SHUTDOWN SLAVEOF SSUBSCRIBE SUBSCRIBE SYNC UNWATCH WAIT WATCH`.split(
    /\s+/,
  ),
)

const Command = z.array(z.union([z.string(), z.number(), z.boolean()]).transform(String)).min(1)
const Commands = z.array(Command).min(1).max(MAX_COMMANDS)

/** A reply as JSON; in base64 mode every string but "OK" is encoded, in lists of lists too. */
function present(reply: Reply, encode: (text: string) => string): unknown {
  if (Array.isArray(reply)) return reply.map((item) => present(item, encode))
  if (reply === null || typeof reply === 'number') return reply
  const text = typeof reply === 'string' ? reply : reply.ok
  return text === 'OK' ? text : encode(text)
}

function equal(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)]
  return a.length === b.length && timingSafeEqual(a, b)
}

const refuse = (status: number, error: string) => Response.json({ error }, { status })

/** `GET /set/key/value?EX=10`: path segments, then a POST body, then the query, in the order of the command. */
async function commandOfPath(request: Request, url: URL, body: string): Promise<unknown> {
  const path = url.pathname.slice(1).split('/').map(decodeURIComponent)
  return [
    ...path,
    ...(request.method === 'POST' ? [body] : []),
    ...[...url.searchParams].flat().filter(Boolean),
  ]
}

/**
 * Upstash's REST protocol in front of a backend: `POST /` one command, `/pipeline`, `/multi-exec`, or the command in
 * the path. 401 without the token, 400 with `{ "error" }` for what Redis refuses.
 */
export function serveRest(backend: RedisBackend, token: string): (request: Request) => Promise<Response> {
  const run = async (commands: string[][], together: boolean): Promise<Outcome[]> => {
    const banned = commands.find(([name = '']) => UNAVAILABLE.has(name.toUpperCase()))
    if (banned) throw new RedisError(`ERR Command is not available: '${banned[0]}'`)
    return together ? backend.transaction(commands) : backend.pipeline(commands)
  }

  const answer = async (request: Request): Promise<Response> => {
    const url = new URL(request.url)
    const body = await request.text()
    if (Buffer.byteLength(body) > MAX_BODY_BYTES) return refuse(413, 'ERR max request size exceeded')
    const encode =
      request.headers.get('upstash-encoding') === 'base64'
        ? (text: string) => Buffer.from(text).toString('base64')
        : (text: string) => text
    const show = (outcome: Outcome) =>
      'error' in outcome ? outcome : { result: present(outcome.result, encode) }
    if (url.pathname === '/pipeline' || url.pathname === '/multi-exec') {
      const commands = Commands.safeParse(JSON.parse(body))
      if (!commands.success) return refuse(400, 'ERR failed to parse pipeline request')
      return Response.json((await run(commands.data, url.pathname === '/multi-exec')).map(show))
    }
    const command = Command.safeParse(
      url.pathname === '/' ? JSON.parse(body) : await commandOfPath(request, url, body),
    )
    if (!command.success) return refuse(400, 'ERR failed to parse command')
    const [outcome = { error: 'ERR no reply' }] = await run([command.data], false)
    return Response.json(show(outcome), { status: 'error' in outcome ? 400 : 200 })
  }

  return async (request) => {
    const given = request.headers.get('authorization') ?? ''
    if (!equal(given, `Bearer ${token}`)) return refuse(401, 'WRONGPASS invalid or missing auth token')
    if (request.method !== 'POST' && request.method !== 'GET') return refuse(405, 'ERR method not allowed')
    try {
      return await answer(request)
    } catch (error) {
      if (error instanceof RedisError) return refuse(400, error.message)
      if (error instanceof SyntaxError || error instanceof URIError)
        return refuse(400, 'ERR failed to parse command')
      throw error
    }
  }
}
