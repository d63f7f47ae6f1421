export type Route = (request: Request) => Promise<Response>
/**
 * `refuse`: the host answers 503 at once. `hang`: it takes the request and never answers. `garbage`: it says 200, and
 * what follows is none of its answers.
 */
export const FAULT_MODES = ['refuse', 'hang', 'garbage'] as const
export type FaultMode = (typeof FAULT_MODES)[number]

export interface Egress {
  (request: Request): Promise<Response>
  /** Breaks a host, or repairs it. `host` is a key of the routes; another one is an error. */
  setDown(host: string, mode: FaultMode | undefined): void
  /** Every routed host with its present fault. */
  hosts(): { host: string; mode: FaultMode | undefined }[]
}

export const HANG_MS = 30_000
/** JSON that was cut off. */
const GARBAGE = '{"status":"OK","results":[{"id":'

/**
 * Where a Worker's outgoing requests end: stand-ins by hostname, or nothing. A host without a route is refused with
 * 502 and never reached over the network.
 * @param routes by exact hostname or `*.suffix`; the exact one wins, then the longest suffix
 * @param onRefused told the URL of a request to an unknown host
 * @param aliases other addresses of a route, such as `127.0.0.1:1234`, each with the route's host
 */
export function createEgress(
  routes: Record<string, Route>,
  onRefused?: (url: string) => void,
  aliases: Record<string, string> = {},
): Egress {
  const table = new Map(Object.entries(routes))
  const suffixes = [...table.keys()]
    .filter((host) => host.startsWith('*.'))
    .toSorted((left, right) => right.length - left.length)
  const down = new Map<string, FaultMode>()
  const addresses = new Map(Object.entries(aliases))

  const find = (hostname: string) =>
    table.has(hostname) ? hostname : suffixes.find((suffix) => hostname.endsWith(suffix.slice(1)))

  const pass = async (request: Request): Promise<Response> => {
    const { host: address, hostname } = new URL(request.url)
    const host = find(addresses.get(address) ?? hostname)
    const route = host === undefined ? undefined : table.get(host)
    if (host === undefined || route === undefined) {
      onRefused?.(request.url)
      return Response.json(
        { error: `No stand-in for ${hostname}: this request does not leave the machine` },
        { status: 502 },
      )
    }
    const mode = down.get(host)
    if (mode === 'refuse') return Response.json({ error: `${hostname} is switched off` }, { status: 503 })
    if (mode === 'hang') return hang(hostname, request.signal)
    if (mode === 'garbage') return new Response(GARBAGE, { headers: { 'content-type': 'application/json' } })
    return route(request)
  }

  return Object.assign(pass, {
    setDown(host: string, mode: FaultMode | undefined) {
      if (!table.has(host)) throw new RangeError(`No route is named ${host}`)
      if (mode === undefined) down.delete(host)
      else down.set(host, mode)
    },
    hosts: () => [...table.keys()].map((host) => ({ host, mode: down.get(host) })),
  })
}

/** Nothing until the caller gives up; after HANG_MS 504, so that no test waits for ever. */
export function hang(hostname: string, signal: AbortSignal): Promise<Response> {
  const { promise, resolve, reject } = Promise.withResolvers<Response>()
  const giveUp = () => reject(signal.reason)
  const timer = setTimeout(() => {
    signal.removeEventListener('abort', giveUp)
    resolve(Response.json({ error: `${hostname} did not answer` }, { status: 504 }))
  }, HANG_MS)
  timer.unref()
  if (signal.aborted) giveUp()
  else signal.addEventListener('abort', giveUp, { once: true })
  return promise.finally(() => clearTimeout(timer))
}
