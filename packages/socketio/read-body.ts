/** The body of a request as UTF-8 text, or null where it is longer than so many bytes; no more than that is read. */
export async function readBody(request: Request, maxBytes: number): Promise<string | null> {
  const { body, headers } = request
  if (Number(headers.get('content-length') ?? 0) > maxBytes) {
    await body?.cancel()
    return null
  }
  if (body === null) return ''
  const decoder = new TextDecoder()
  let bytes = 0
  let text = ''
  for await (const chunk of body) {
    bytes += chunk.byteLength
    // Leaving the loop cancels the stream.
    if (bytes > maxBytes) return null
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}
