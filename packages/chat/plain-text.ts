/** The zeros of the digits that are written in India, beside those of ASCII: Arabic, Devanagari to Malayalam. */
const ZEROS = [
  ...[0x06_60, 0x06_f0, 0x09_66, 0x09_e6, 0x0a_66, 0x0a_e6],
  ...[0x0b_66, 0x0b_e6, 0x0c_66, 0x0c_e6, 0x0d_66],
]

/** Joiners and variation selectors, the frame of a keycap, and the dot below that Hindi words have or have not. */
const INVISIBLE = /[\p{Cf}\uFE0F\u20E3\u093C]/gu

/** As `0` and `1`: letters among many digits. */
const DISGUISED = /(?<![\p{L}\d])[\doil|]{7,}(?![\p{L}\d])/gu
const MIN_DIGITS = 5

/**
 * A text as one reads it, whatever it is written with: small letters, all digits those of ASCII, nothing that is not seen.
 * Only for looking at; what is stored is what was written.
 */
export function plainText(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(INVISIBLE, '')
    .replaceAll('\u0901', '\u0902')
    .replaceAll(/\p{Nd}/gu, asciiDigit)
    .replaceAll(DISGUISED, (word) =>
      word.replaceAll(/\D/g, '').length < MIN_DIGITS
        ? word
        : word.replaceAll('o', '0').replaceAll(/[il|]/g, '1'),
    )
}

function asciiDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0
  const zero = ZEROS.find((each) => code >= each && code < each + 10)
  return zero === undefined ? digit : String(code - zero)
}
