import { Problem } from '#packages/errors/problem.ts'

/** The body of a request, byte for byte. Throws `body_too_large`, whatever Content-Length says. */
export async function readBytes(request: Request, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const tooLarge = () => new Problem('body_too_large', { detail: `At most ${maxBytes} bytes` })
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) throw tooLarge()
  const parts: Uint8Array[] = []
  let length = 0
  // Not `for await`: that would wait for the sender to hear that the rest is not wanted.
  const reader = request.body?.getReader()
  for (let read = await reader?.read(); read?.value; read = await reader?.read()) {
    length += read.value.byteLength
    if (length > maxBytes) throw tooLarge()
    parts.push(read.value)
  }
  const bytes = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.byteLength
  }
  return bytes
}
