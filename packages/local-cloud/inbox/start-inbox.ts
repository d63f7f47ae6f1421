import { readFileSync } from 'node:fs'
import { showCheckout } from './checkout.ts'
import { actOnGateway } from './gateway-actions.ts'
import { gatewayRules } from './gateway-rules.ts'
import { refuseForeign } from './guard-browser.ts'
import { type InboxRoutes, type InboxSources, inboxApi } from './inbox-api.ts'
import { moneyLists } from './money-lists.ts'
import { type HttpServer, serveHttp } from './serve-http.ts'
import { ChangeStreams } from './stream-changes.ts'

export interface InboxOptions extends InboxSources {
  /** 0 for any free one. */
  port: number
  host: '127.0.0.1'
  /** More routes by method and path (`GET /api/status`), behind the same guard. */
  routes?: InboxRoutes
}

const STYLES = ['style.css', 'cards.css', 'checkout.css']
const SCRIPTS = ['app.js', 'actions.js', 'cards.js', 'checkout.js', 'elements.js', 'money-cards.js']

const SECURITY = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
}

function file(name: string, type: string) {
  const text = readFileSync(new URL(`./page/${name}`, import.meta.url), 'utf8')
  return async () => new Response(text, { headers: { 'content-type': `${type}; charset=utf-8` } })
}

/** The page and its API on a loopback port: every SMS, push and payment, and switches for faults. */
export async function startInbox(options: InboxOptions): Promise<HttpServer> {
  const streams = new ChangeStreams(options.journal)
  const routes = new Map(
    Object.entries<InboxRoutes[string]>({
      ...options.routes,
      ...inboxApi(options),
      ...gatewayRules(options.razorpay, options.journal),
      ...moneyLists(options.razorpay),
      'GET /': file('index.html', 'text/html'),
      ...Object.fromEntries(STYLES.map((name) => [`GET /${name}`, file(name, 'text/css')])),
      ...Object.fromEntries(SCRIPTS.map((name) => [`GET /${name}`, file(name, 'text/javascript')])),
      'GET /api/events': async (request) => streams.start(request.signal),
    }),
  )
  const checkoutPage = file('checkout.html', 'text/html')
  const answer = async (request: Request): Promise<Response> => {
    const foreign = refuseForeign(request)
    if (foreign !== undefined) return Response.json({ error: foreign }, { status: 403 })
    const url = new URL(request.url)
    const route = routes.get(`${request.method} ${url.pathname}`)
    if (route) return route(request, url)
    const gatewayAnswer =
      request.method === 'POST'
        ? await actOnGateway(request, url.pathname, options.razorpay)
        : await showCheckout(url.pathname, options.razorpay, checkoutPage)
    return gatewayAnswer ?? Response.json({ error: 'Not found' }, { status: 404 })
  }
  const secured = async (request: Request): Promise<Response> => {
    const response = await answer(request)
    for (const [name, value] of Object.entries(SECURITY)) response.headers.set(name, value)
    return response
  }
  return serveHttp(secured, { host: options.host, port: options.port })
}
