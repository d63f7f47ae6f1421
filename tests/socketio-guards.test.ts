import { afterEach, expect, inject, test } from 'vitest'
import { WebSocket } from 'ws'
import { z } from 'zod'
import { call } from './client/api.ts'
import { newAddress, type Person, signIn } from './client/people.ts'
import { SocketIoClient, type SocketIoOptions } from './client/socket-io.ts'

const open: SocketIoClient[] = []
afterEach(() => {
  for (const client of open.splice(0)) client.hangUp()
})

async function connect(person: Person, options: SocketIoOptions = {}): Promise<SocketIoClient> {
  const client = await SocketIoClient.connect(person.token, options)
  open.push(client)
  return client
}

interface Ask {
  method?: string
  body?: string
  headers?: Record<string, string>
}

const engine = (query: string, { headers, ...init }: Ask = {}) =>
  fetch(new URL(`/socket.io/?${query}`, inject('url')), { ...init, headers: { ...newAddress(), ...headers } })

const Handshake = z.object({ sid: z.string() })

/** Says more than anybody may, until it is stopped. */
function flood(socket: WebSocket): void {
  const timer = setInterval(() => {
    if (socket.readyState !== WebSocket.OPEN) return clearInterval(timer)
    for (let n = 0; n < 20; n++) socket.send('3')
  }, 10)
}

/** What a raw socket hears, and how it ends; `say` once it is open. */
async function raw(say: (socket: WebSocket) => void): Promise<{ code: number; reason: string }> {
  const url = `${inject('url').replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`
  const settings = { headers: newAddress(), closeTimeout: 300 }
  const socket = new WebSocket(url, [], settings)
  socket.on('open', () => say(socket))
  return new Promise((resolve, reject) => {
    socket.on('error', reject)
    socket.on('close', (code, reason) => resolve({ code, reason: reason.toString() }))
  })
}

/** The number of sessions that ended with this code, from the metrics. */
async function endedWith(code: number): Promise<number> {
  const { body } = await call('GET', '/metrics', { token: 'local-metrics-token' })
  const line = new RegExp(`_count\\{operation="socketIoSession",status="${code}"\\} (\\d+)`).exec(String(body))
  return Number(line?.[1] ?? 0)
}

test.each([
  ['a flood', 4008, 'flood', flood],
  ['an oversized frame', 1009, 'frame_too_large', (socket: WebSocket) => socket.send(`4${'x'.repeat(70_000)}`)],
  ['a malformed packet', 4002, 'malformed_packet', (socket: WebSocket) => socket.send('4nonsense')],
  ['an event before CONNECT', 4002, 'malformed_packet', (socket: WebSocket) => socket.send('42["hello"]')],
])(
  '%s closes its connection with a reason, is counted, and troubles nobody else',
  async (_, code, reason, say) => {
    const other = await connect(await signIn(), { transports: ['websocket'] })
    const before = await endedWith(code)
    const ended = await raw(say)
    // Who still floods when it is cut off may lose the Close frame.
    if (reason !== 'flood' || ended.code !== 1006) expect(ended).toEqual({ code, reason })
    await expect
      .poll(
        async () => {
          // Counts are handed over a few seconds later, with the end of another session.
          await raw((socket) => socket.send('1'))
          return endedWith(code)
        },
        { timeout: 15_000, interval: 500 },
      )
      .toBeGreaterThan(before)
    expect(await other.ask('teleport')).toMatchObject({ code: 'unknown_event' })
    expect(other.disconnects).toEqual([])
  },
)

test('a client that floods is told to come back later, and can', async () => {
  const client = await connect(await signIn())
  for (let n = 0; n < 400; n++) client.socket.emit('ack', { seq: 0 })
  await client.until(() => client.disconnects.length > 0)
  await client.until(() => client.connects === 2)
  expect(client.socket.connected).toBe(true)
})

test('other versions, transports and sessions are refused as the protocol says', async () => {
  const refusals: [string, Ask, number, number][] = [
    ['EIO=3&transport=polling', {}, 400, 5],
    ['transport=polling', {}, 400, 5],
    ['EIO=4&transport=carrier-pigeon', {}, 400, 0],
    ['EIO=4&transport=polling&sid=g0.unknown', {}, 400, 1],
    ['EIO=4&transport=polling&sid=made-up.session', {}, 400, 1],
    ['EIO=4&transport=polling', { method: 'POST', body: '40' }, 400, 2],
    ['EIO=4&transport=websocket', {}, 400, 3],
  ]
  for (const [query, init, status, code] of refusals) {
    const reply = await engine(query, init)
    expect([query, reply.status]).toEqual([query, status])
    expect(await reply.json()).toMatchObject({ code })
  }
})

test('a body that is too long ends its polling session', async () => {
  const opened = await (await engine('EIO=4&transport=polling')).text()
  const { sid } = Handshake.parse(JSON.parse(opened.slice(1)))
  const query = `EIO=4&transport=polling&sid=${sid}`
  const reply = await engine(query, { method: 'POST', body: '4'.repeat(70_000) })
  expect(reply.status).toBe(413)
  expect((await engine(query)).status).toBe(400)
})

test('a page of an allowed origin may poll, another may not', async () => {
  const origin = inject('allowedOrigin')
  if (origin === null) return
  const preflight = {
    origin,
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'content-type',
  }
  const asked = await engine('EIO=4&transport=polling', { method: 'OPTIONS', headers: preflight })
  expect(asked.status).toBe(204)
  expect(asked.headers.get('access-control-allow-origin')).toBe(origin)
  expect(asked.headers.get('access-control-allow-methods')).toBe('GET, POST')
  const polled = await engine('EIO=4&transport=polling', { headers: { origin } })
  expect(polled.headers.get('access-control-allow-origin')).toBe(origin)
  const foreign = await engine('EIO=4&transport=polling', { headers: { origin: 'https://elsewhere.example' } })
  expect(foreign.headers.get('access-control-allow-origin')).toBeNull()
})

test('handshakes are counted per network', async () => {
  const address = newAddress()
  const replies: Response[] = []
  // Over the end of a window up to twice as many pass.
  while (replies.length < 1400 && !replies.some(({ status }) => status === 429)) {
    const batch = Array.from({ length: 100 }, () => engine('EIO=4&transport=polling', { headers: address }))
    replies.push(...(await Promise.all(batch)))
  }
  const refused = replies.filter(({ status }) => status === 429)
  expect(refused.length).toBeGreaterThan(0)
  expect(refused[0]?.headers.get('retry-after')).toBeTruthy()
  expect((await engine('EIO=4&transport=polling')).status).toBe(200)
})
