import type { Journal } from '../stand-ins/journal.ts'

const HEARTBEAT_MS = 15_000
const MAX_STREAMS = 50

/** Server-sent events: `entry` with a journal entry, `change` when anything else moved. */
export class ChangeStreams {
  private open = 0
  private readonly journal: Journal

  constructor(journal: Journal) {
    this.journal = journal
  }

  /** A stream that ends when `signal` aborts; 503 when too many are open. */
  start(signal: AbortSignal): Response {
    if (this.open >= MAX_STREAMS) return Response.json({ error: 'Too many streams are open' }, { status: 503 })
    this.open++
    const body = new ReadableStream<Uint8Array>({ start: (controller) => this.feed(controller, signal) })
    return new Response(body, {
      headers: { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store' },
    })
  }

  private feed(controller: ReadableStreamDefaultController<Uint8Array>, signal: AbortSignal): void {
    const encoder = new TextEncoder()
    const write = (text: string) => controller.enqueue(encoder.encode(text))
    write('retry: 1000\n\n')
    const leave = this.journal.subscribe((entry) =>
      write(entry ? `event: entry\ndata: ${JSON.stringify(entry)}\n\n` : 'event: change\ndata: {}\n\n'),
    )
    const heartbeat = setInterval(() => write(': alive\n\n'), HEARTBEAT_MS)
    heartbeat.unref()
    signal.addEventListener('abort', () => {
      leave()
      clearInterval(heartbeat)
      this.open--
      controller.close()
    })
  }
}
