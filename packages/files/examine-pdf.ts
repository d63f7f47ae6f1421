const HEADER = /^%PDF-[12]\.\d/
/** How far from its end readers look for `%%EOF`. */
const TAIL_BYTES = 1024
/** White space as PDF has it. */
const END = /%%EOF[\0\t\n\f\r ]*$/

/** Names of what acts on its own or hides something; `Encrypt` hides all of it. */
const NAMES = [
  'JavaScript',
  'Rendition',
  'Launch',
  'EmbeddedFile',
  'EmbeddedFiles',
  'RichMedia',
  'XFA',
  'Encrypt',
]
/** What ends a name (ISO 32000-1, 7.2.2 and 7.3.5). */
const NAME_END = '(?=[\\0\\t\\n\\f\\r ()<>[\\]{}/%]|$)'
const ACTIVE = new RegExp(`/(${NAMES.map(asWritten).join('|')})${NAME_END}`)
/** Too short to be looked for in compressed bytes, where it is by chance. */
const SCRIPT = new RegExp(`/(${asWritten('JS')})${NAME_END}`)

/** A pattern for a name, each of whose letters may be `#` and its code. */
function asWritten(name: string): string {
  const hex = (letter: string) => letter.charCodeAt(0).toString(16)
  const code = (letter: string) => hex(letter).replace(/[a-f]/, (digit) => `[${digit}${digit.toUpperCase()}]`)
  return Array.from(name, (letter) => `(?:${letter}|#${code(letter)})`).join('')
}

/**
 * What is wrong with a PDF, as far as it can be seen without unpacking it; undefined if nothing is.
 * @param text of a file that begins with `%PDF-`, a character for each byte
 */
export function objectToPdf(text: string): string | undefined {
  if (!HEADER.test(text)) return 'The PDF has no version that is known'
  if (!END.test(text.slice(-TAIL_BYTES))) return 'The PDF is cut off, or something follows its end'
  const name = ACTIVE.exec(text) ?? SCRIPT.exec(withoutStreams(text))
  return name ? `The PDF has ${name[1]}: print it to a new PDF and upload that` : undefined
}

function withoutStreams(text: string): string {
  const parts = text.split('endstream').map((part) => part.split(/stream\r?\n/, 1)[0])
  return parts.join(' ')
}
