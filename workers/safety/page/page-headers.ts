import { hashSource } from '#packages/html/hash-source.ts'
import { SCRIPT } from './script.ts'
import { STYLE } from './style.ts'

let hashes: Promise<[script: string, style: string]> | undefined

/**
 * The headers of the page: it runs its own script and nothing else, and talks to where it came from and to nobody else.
 * @param host named for its sockets, which older browsers do not count as the same origin
 */
export async function pageHeaders(host: string): Promise<Record<string, string>> {
  hashes ??= Promise.all([hashSource(SCRIPT), hashSource(STYLE)])
  const [script, style] = await hashes
  return {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': `default-src 'none'; script-src ${script}; style-src ${style}; img-src data:; connect-src 'self' ws://${host} wss://${host}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    'x-robots-tag': 'noindex',
    vary: 'accept-language',
  }
}
