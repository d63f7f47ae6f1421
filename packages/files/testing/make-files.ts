/** Text as bytes, a byte for each character. */
export function ascii(text: string): Uint8Array {
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0))
}

export function join(...parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    joined.set(part, at)
    at += part.length
  }
  return joined
}

const big16 = (value: number) => [(value >> 8) & 0xff, value & 0xff]
const big32 = (value: number) => [...big16(value >>> 16), ...big16(value & 0xff_ff)]
const little = (value: number, bytes: number) =>
  Array.from({ length: bytes }, (_, index) => Math.floor(value / 256 ** index) & 0xff)

/** The end of an empty ZIP. */
export const ZIP_END = join(ascii('PK\u0005\u0006'), new Uint8Array(18))

/** A JPEG that says how large it is and has no picture; `before` is in a comment ahead of the frame. */
export function jpeg(
  width: number,
  height: number,
  { frame = 0xc0, before = new Uint8Array() }: { frame?: number; before?: Uint8Array } = {},
): Uint8Array {
  return Uint8Array.from([
    ...[0xff, 0xd8, 0xff, 0xfe, ...big16(before.length + 2), ...before],
    ...[0xff, frame, 0, 11, 8, ...big16(height), ...big16(width), 1, 1, 0x11, 0],
    ...[0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0, 0xff, 0xd9],
  ])
}

/** A PNG with nothing but its header. */
export function png(width: number, height: number): Uint8Array {
  const header = [...big32(13), ...ascii('IHDR'), ...big32(width), ...big32(height), 8, 2, 0, 0, 0]
  return Uint8Array.from([0x89, ...ascii('PNG\r\n\u001a\n'), ...header, 0, 0, 0, 0])
}

/** A WebP with nothing but its header. */
export function webp(kind: 'VP8 ' | 'VP8L' | 'VP8X', width: number, height: number): Uint8Array {
  const body = {
    'VP8 ': [0x30, 1, 0, 0x9d, 1, 0x2a, ...little(width, 2), ...little(height, 2)],
    VP8L: [0x2f, ...little(width - 1 + (height - 1) * 2 ** 14, 4), 0, 0, 0, 0, 0],
    VP8X: [0, 0, 0, 0, ...little(width - 1, 3), ...little(height - 1, 3)],
  }[kind]
  const chunk = [...ascii(kind), ...little(body.length, 4), ...body]
  return Uint8Array.from([...ascii('RIFF'), ...little(chunk.length + 4, 4), ...ascii('WEBP'), ...chunk])
}

export function gif(width: number, height: number): Uint8Array {
  return Uint8Array.from([...ascii('GIF89a'), ...little(width, 2), ...little(height, 2), 0, 0, 0, 0x3b])
}

/** A PDF with one page; `body` is an object of it, `stream` is what one of its streams holds. */
export function pdf({ version = '1.7', body = '', stream = '', end = '%%EOF\n' } = {}): Uint8Array {
  return ascii(
    [
      `%PDF-${version}`,
      '1 0 obj <</Type /Catalog /Pages 2 0 R /OpenAction [3 0 R /Fit]>> endobj',
      '2 0 obj <</Type /Pages /Kids [3 0 R] /Count 1>> endobj',
      '3 0 obj <</Type /Page /Parent 2 0 R /MediaBox [0 0 612 792]>> endobj',
      `4 0 obj ${body} endobj`,
      `5 0 obj <</Length ${stream.length}>>\nstream\r\n${stream}\nendstream endobj`,
      'trailer <</Root 1 0 R>>',
      'startxref\n0',
      end,
    ].join('\n'),
  )
}
