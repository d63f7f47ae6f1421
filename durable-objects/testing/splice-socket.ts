/**
 * Passes the frames of a socket on, one by one. Needed where the other end is silent: the runtime on this machine leaves the
 * connection of a hibernatable socket open when the first frame that its client sends is a Close frame, and the conformance
 * suites wait for its end.
 */
export function spliceSocket(response: Response): Response {
  const { webSocket: inner } = response
  if (inner === null) return response
  const { 0: client, 1: outer } = new WebSocketPair()
  inner.accept()
  outer.accept()
  for (const [from, to] of [
    [inner, outer],
    [outer, inner],
  ] as const) {
    from.binaryType = 'arraybuffer'
    from.addEventListener('message', ({ data }) => to.send(data))
    from.addEventListener('close', ({ code, reason }) =>
      to.close(code === 1005 || code === 1006 ? 1000 : code, reason),
    )
  }
  return new Response(null, { status: response.status, webSocket: client })
}
