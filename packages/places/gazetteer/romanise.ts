/**
 * What the letters of India's scripts sound like in Latin ones, by their place in the script's block: Unicode lays Devanagari,
 * Bengali, Gurmukhi, Gujarati, Odia, Tamil, Telugu, Kannada and Malayalam out alike, after ISCII (IS 13194:1991). The vowel a, which
 * follows a consonant without being written, is not in it.
 */
const LETTERS: readonly string[] = [
  ...['', 'n', 'n', '', '', 'a', 'a', 'i', 'i', 'u', 'u', 'ri', 'l', 'e', 'e', 'e'],
  ...['ai', 'o', 'o', 'o', 'au', 'k', 'kh', 'g', 'gh', 'n', 'ch', 'chh', 'j', 'jh', 'n', 't'],
  ...['th', 'd', 'dh', 'n', 't', 'th', 'd', 'dh', 'n', 'n', 'p', 'ph', 'b', 'bh', 'm', 'y'],
  ...['r', 'r', 'l', 'l', 'zh', 'v', 'sh', 'sh', 's', 'h', '', '', '', '', 'a', 'i'],
  ...['i', 'u', 'u', 'ri', 'ri', 'e', 'e', 'e', 'ai', 'o', 'o', 'o', 'au', '', '', ''],
]
/** Letters that are elsewhere: the dotted ones that sound like r, Malayalam's final consonants, Assamese, Gurmukhi's nasal. */
const OTHERS: Readonly<Record<string, string>> = {
  ...{ '\u09dc': 'r', '\u09dd': 'r', '\u09f0': 'r', '\u09f1': 'v', '\u0a70': 'n' },
  ...{ '\u0d7a': 'n', '\u0d7b': 'n', '\u0d7c': 'r', '\u0d7d': 'l', '\u0d7e': 'l', '\u0d7f': 'k' },
}
const BLOCK_LETTERS = 0x80
/** Devanagari to Malayalam. */
const INDIC = /[\u0900-\u0d7f]/gu
/** A dot below makes d and dh an r, in the scripts that have one. */
const DOTTED_R = /[\u0921\u0922\u09a1\u09a2\u0a21\u0a22\u0b21\u0b22][\u093c\u09bc\u0a3c\u0b3c]/gu

export const isIndic = (text: string): boolean => text.search(INDIC) >= 0

/** The text with India's letters as Latin ones, without the vowels that are not written: बेंगलुरु becomes benglru. */
export function romanise(text: string): string {
  return text
    .normalize('NFC')
    .replaceAll(DOTTED_R, 'r')
    .replaceAll(INDIC, (letter) => OTHERS[letter] ?? LETTERS[letter.charCodeAt(0) % BLOCK_LETTERS] ?? '')
}
