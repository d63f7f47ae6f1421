import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { examineFile } from './examine-file.ts'
import { MAX_AVATAR_BYTES, MAX_DOCUMENT_BYTES, MAX_EDGE, MIN_AVATAR_EDGE } from './limits.ts'
import { FILE_PURPOSES } from './purposes.ts'
import { ascii, gif, join, jpeg, pdf, png, webp, ZIP_END } from './testing/make-files.ts'

const verdict = (bytes: Uint8Array, purpose: (typeof FILE_PURPOSES)[number] = 'driver_document') => {
  const examined = examineFile(bytes, purpose)
  return 'refused' in examined ? examined.refused : examined.kind
}

test.each([
  ['JPEG', jpeg(4000, 3000)],
  ['progressive JPEG', jpeg(4000, 3000, { frame: 0xc2 })],
  ['PNG', png(4000, 3000)],
  ['lossy WebP', webp('VP8 ', 4000, 3000)],
  ['lossless WebP', webp('VP8L', 4000, 3000)],
  ['extended WebP', webp('VP8X', 4000, 3000)],
])('a %s is a picture for every purpose', (_, bytes) => {
  for (const purpose of FILE_PURPOSES) {
    expect(examineFile(bytes, purpose)).toEqual({ kind: 'picture', width: 4000, height: 3000 })
  }
})

test('a PDF is a document and no avatar', () => {
  expect(examineFile(pdf(), 'vehicle_document')).toEqual({ kind: 'pdf' })
  expect(verdict(pdf(), 'avatar')).toBe('file_type_not_supported')
})

test.each([
  ['a GIF', gif(100, 100)],
  ['SVG', ascii('<svg xmlns="http://www.w3.org/2000/svg"></svg>')],
  ['HTML', ascii('<!doctype html><html></html>')],
  ['a ZIP', join(ascii('PK\u0003\u0004'), ZIP_END)],
  ['a program', ascii('\u007fELF\u0002')],
  ['a PDF with something before it', join(ascii(' '), pdf())],
  ['the beginning of a JPEG', jpeg(4000, 3000).subarray(0, 14)],
  ['a JPEG without a frame', Uint8Array.of(0xff, 0xd8, 0xff, 0xd9)],
  ['a JPEG whose scan comes first', Uint8Array.of(0xff, 0xd8, 0xff, 0xda, 0, 2, ...jpeg(9, 9).subarray(2))],
  ['a JPEG of a kind nobody decodes', jpeg(100, 100, { frame: 0xc3 })],
  ['the beginning of a PNG', png(100, 100).subarray(0, 18)],
  ['a PNG without a header', join(png(100, 100).subarray(0, 12), ascii('IDAT'), new Uint8Array(20))],
  ['the beginning of a WebP', webp('VP8X', 100, 100).subarray(0, 24)],
])('%s is not supported', (_, bytes) => {
  expect(verdict(bytes)).toBe('file_type_not_supported')
})

test('an empty file is none', () => {
  for (const purpose of FILE_PURPOSES) expect(verdict(new Uint8Array(), purpose)).toBe('file_empty')
})

test('each purpose has its size in bytes', () => {
  const ofSize = (bytes: number) => join(jpeg(100, 100), new Uint8Array(bytes - jpeg(100, 100).length))
  expect(verdict(ofSize(MAX_AVATAR_BYTES), 'avatar')).toBe('picture')
  expect(verdict(ofSize(MAX_AVATAR_BYTES + 1), 'avatar')).toBe('file_too_large')
  expect(verdict(ofSize(MAX_DOCUMENT_BYTES))).toBe('picture')
  expect(verdict(ofSize(MAX_DOCUMENT_BYTES + 1))).toBe('file_too_large')
})

test.each([
  [30_000, 30_000, 'picture_too_large'],
  [0xff_ff_ff_ff, 0xff_ff_ff_ff, 'picture_too_large'],
  [MAX_EDGE + 1, 100, 'picture_too_large'],
  [100, MAX_EDGE + 1, 'picture_too_large'],
  [8000, 5001, 'picture_too_large'],
  [8000, 5000, 'picture'],
  [MAX_EDGE, 3333, 'picture'],
  [MIN_AVATAR_EDGE - 1, 1000, 'picture_too_small'],
  [MIN_AVATAR_EDGE, MIN_AVATAR_EDGE, 'picture'],
])('an avatar of %i × %i: %s', (width, height, expected) => {
  expect(verdict(png(width, height), 'avatar')).toBe(expected)
})

test('a small document is legible enough, one without pixels is not', () => {
  expect(verdict(png(1, 1))).toBe('picture')
  expect(verdict(png(0, 100))).toBe('picture_too_small')
})

test('the size is that of the frame, not of what looks like one before it', () => {
  const decoy = jpeg(10, 10).subarray(2)
  expect(examineFile(jpeg(30_000, 30_000, { before: decoy }), 'avatar')).toMatchObject({
    refused: 'picture_too_large',
    detail: expect.stringContaining('30000 × 30000'),
  })
})

const markup = [
  '<script>alert(1)</script>',
  '<SCRIPT src=x>',
  '<html>',
  '<!DOCTYPE html>',
  '<svg/onload=alert(1)>',
  '<iframe\nsrc=x>',
  '<?php system($_GET[0]);',
  '<body onload=x>',
]
const carriers = { jpeg: jpeg(100, 100), png: png(100, 100), webp: webp('VP8 ', 100, 100), pdf: pdf() }

test.each(markup)('%s is found wherever it is', (text) => {
  for (const head of [carriers.jpeg, carriers.png, carriers.webp]) {
    expect(verdict(join(head, ascii(text)))).toBe('file_not_clean')
    expect(verdict(join(head, new Uint8Array(100_000), ascii(text), new Uint8Array(100_000)))).toBe(
      'file_not_clean',
    )
  }
  expect(verdict(jpeg(100, 100, { before: ascii(text) }))).toBe('file_not_clean')
  expect(verdict(pdf({ body: text }))).toBe('file_not_clean')
})

test.each([
  '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF></rdf:RDF></x:xmpmeta>',
  '<svga',
  '<scripture>',
  'html>',
])('%s does no harm', (text) => {
  expect(verdict(jpeg(100, 100, { before: ascii(text) }))).toBe('picture')
  expect(verdict(pdf({ body: text }))).toBe('pdf')
})

test('an archive behind a file is found as far as an unpacker looks, and no further', () => {
  for (const head of [carriers.jpeg, carriers.png]) {
    expect(verdict(join(head, ascii('PK\u0003\u0004 … '), ZIP_END))).toBe('file_not_clean')
    expect(verdict(join(head, ZIP_END, new Uint8Array(65_535)))).toBe('file_not_clean')
    expect(verdict(join(head, ZIP_END, new Uint8Array(65_536)))).toBe('picture')
  }
  expect(verdict(pdf({ body: 'PK\u0005\u0006' }))).toBe('file_not_clean')
})

test('a picture that a reader of PDF would take is refused', () => {
  expect(verdict(jpeg(100, 100, { before: ascii('%PDF-1.7') }))).toBe('file_not_clean')
  expect(verdict(join(carriers.png, new Uint8Array(1024), ascii('%PDF-1.7')))).toBe('picture')
})

test('what phones put behind a photo is no reason', () => {
  const motion = join(ascii('\0\0\0\u0018ftypmp42'), new Uint8Array(5000).fill(0xa5))
  expect(verdict(join(jpeg(4000, 3000), motion))).toBe('picture')
  expect(verdict(join(jpeg(4000, 3000), jpeg(640, 480)))).toBe('picture')
})

test('no bytes are too strange, and what is accepted is within its limits', () => {
  const heads = fc.constantFrom(
    ...Object.values(carriers),
    gif(9, 9),
    jpeg(70, 70).subarray(0, 12),
    new Uint8Array(),
  )
  const strange = fc.tuple(heads, fc.uint8Array({ maxLength: 300 }), fc.nat(), fc.nat({ max: 255 }))
  fc.assert(
    fc.property(strange, fc.constantFrom(...FILE_PURPOSES), ([head, tail, at, byte], purpose) => {
      const bytes = join(head, tail)
      if (bytes.length > 0) bytes[at % bytes.length] = byte
      const examined = examineFile(bytes, purpose)
      if (!('kind' in examined) || examined.kind === 'pdf') return true
      return examined.width * examined.height <= 40_000_000 && Math.min(examined.width, examined.height) > 0
    }),
    { numRuns: 2000 },
  )
})

test('a file that is cut anywhere is judged all the same', () => {
  for (const whole of Object.values(carriers)) {
    // A PDF may go without its last line break.
    for (let length = 0; length < whole.length - 1; length++) {
      expect(() => examineFile(whole.subarray(0, length), 'avatar')).not.toThrow()
      expect(verdict(whole.subarray(0, length))).not.toBe('pdf')
    }
  }
})
