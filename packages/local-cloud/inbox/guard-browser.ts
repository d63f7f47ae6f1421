const LOCAL_HOST = /^(localhost|127\.0\.0\.1)(:\d+)?$/

/**
 * Why a request must not be served, or nothing. A web page elsewhere must neither read codes by pointing its own
 * name at this machine (DNS rebinding: the Host header gives it away) nor press buttons here (the Origin does).
 */
export function refuseForeign(request: Request): string | undefined {
  const host = request.headers.get('host') ?? ''
  if (!LOCAL_HOST.test(host)) return 'Only localhost is served'
  const origin = request.headers.get('origin')
  const reads = request.method === 'GET' || request.method === 'HEAD'
  if (!reads && origin !== null && origin !== `http://${host}`) return 'This origin may not act here'
  return undefined
}
