import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

export interface HttpServer {
  /** `http://127.0.0.1:<port>`, without a slash at the end. */
  readonly url: string
  close(): Promise<void>
}

const DEFAULT_MAX_BODY_BYTES = 4 * 1_048_576

async function readBody(incoming: IncomingMessage, maxBytes: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of incoming) {
    const bytes = Buffer.from(chunk)
    size += bytes.length
    if (size > maxBytes) return undefined
    chunks.push(bytes)
  }
  return Buffer.concat(chunks)
}

function toRequest(incoming: IncomingMessage, body: Buffer, signal: AbortSignal): Request {
  const headers = new Headers()
  for (const [name, values = []] of Object.entries(incoming.headersDistinct)) {
    for (const value of values) headers.append(name, value)
  }
  const method = incoming.method ?? 'GET'
  // The Host header is the client's word; a path is all that the URL takes from the wire.
  const url = new URL(incoming.url?.startsWith('/') ? `http://localhost${incoming.url}` : 'http://localhost/')
  const hasBody = method !== 'GET' && method !== 'HEAD'
  return new Request(url, { method, headers, signal, ...(hasBody && { body: new Uint8Array(body) }) })
}

async function send(response: Response, outgoing: ServerResponse): Promise<void> {
  outgoing.writeHead(response.status, [...response.headers].flat())
  if (!response.body) {
    outgoing.end()
    return
  }
  outgoing.flushHeaders()
  await pipeline(Readable.fromWeb(response.body), outgoing)
}

/**
 * A web-standard handler behind a loopback HTTP server. The request's signal aborts when the client leaves.
 * @param port 0 for any free one
 * @param maxBodyBytes a longer body is a 413
 */
export async function serveHttp(
  handle: (request: Request) => Promise<Response>,
  {
    host = '127.0.0.1',
    port = 0,
    maxBodyBytes = DEFAULT_MAX_BODY_BYTES,
  }: { host?: '127.0.0.1'; port?: number; maxBodyBytes?: number } = {},
): Promise<HttpServer> {
  const answer = async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const left = new AbortController()
    outgoing.once('close', () => left.abort())
    try {
      const body = await readBody(incoming, maxBodyBytes)
      const response = body
        ? await handle(toRequest(incoming, body, left.signal))
        : new Response(null, { status: 413 })
      await send(response, outgoing)
    } catch (error) {
      if (left.signal.aborted) return
      console.error(error)
      if (!outgoing.headersSent) outgoing.writeHead(500)
      outgoing.end()
    }
  }
  const server = createServer((incoming, outgoing) => void answer(incoming, outgoing))
  const { promise: listening, resolve, reject } = Promise.withResolvers<void>()
  server.once('error', reject)
  server.listen(port, host, resolve)
  await listening
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server has no port')
  return {
    url: `http://${host}:${address.port}`,
    async close() {
      const { promise: closed, resolve: done } = Promise.withResolvers<void>()
      server.close(() => done())
      server.closeAllConnections()
      await closed
    },
  }
}
