import type { MiddlewareHandler } from 'hono'
import { serveStatic } from 'hono/serve-static'

type ReadFile = (path: string) => Promise<Uint8Array<ArrayBuffer>>

/**
 * Serves the static API reference of a folder, with the headers that its `_headers` file gives it on Cloudflare.
 * Without that file, or without the permission to read it, there is no reference.
 */
export async function serveDocs(folder: string, readFile: ReadFile): Promise<MiddlewareHandler> {
  const read = (path: string) => readFile(path).catch(() => null)
  const rules = await read(`${folder}/_headers`)
  if (rules === null) return (_, next) => next()
  const headers = readHeaders(new TextDecoder().decode(rules))
  return serveStatic({
    root: folder,
    rewriteRequestPath: (path) => path.replace(/^\/docs\/?$/, '/docs/index.html'),
    getContent: read,
    onFound: (_, c) => {
      for (const [name, value] of headers) c.header(name, value)
    },
  })
}

/** The indented lines of a `_headers` file; ours has one block, for /docs. */
function readHeaders(rules: string): [name: string, value: string][] {
  return [...rules.matchAll(/^\s+([\w-]+): (.+)$/gm)].map(([, name = '', value = '']) => [name, value])
}
