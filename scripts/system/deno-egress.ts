import process from 'node:process'
import { EGRESS_ADDRESS, EGRESS_HEADER, TICKED } from './egress-wire.ts'
import { redirectHttps } from './redirect-https.ts'

/**
 * Preloaded by Deno before workers/deno.ts, which knows nothing of it: every request that the application sends out
 * ends at its parent's egress map, the parent can have the minute's work done at once, and without a parent it ends.
 */
const address = process.env[EGRESS_ADDRESS] ?? ''
const realFetch = globalThis.fetch
globalThis.fetch = async (...outgoing) => {
  const { url, method, headers, body, signal } = new Request(...outgoing)
  const content = body === null ? null : await new Response(body).arrayBuffer()
  return realFetch(address, { method, headers: [...headers, [EGRESS_HEADER, url]], body: content, signal })
}

redirectHttps(address)

const MINUTE_MS = 60_000
const minutely: (() => unknown)[] = []
const realSetInterval = globalThis.setInterval
globalThis.setInterval = Object.assign((...args: Parameters<typeof realSetInterval>) => {
  const [work, period] = args
  if (period === MINUTE_MS) minutely.push(work)
  return realSetInterval(...args)
}, realSetInterval)

process.on('message', () => {
  void Promise.all(minutely.map((work) => work())).then(() => process.send?.(TICKED))
})
process.once('disconnect', () => process.exit())
// Deno starts the application only when nothing that was preloaded is waited for any more.
process.channel?.unref()
