/** Digits as they are called, from zero on: English, Hindi, Kannada, Tamil and Telugu in Latin letters, Hindi, and English in Devanagari. */
const COUNTS = [
  'zero one two three four five six seven eight nine',
  'shunya ek do teen chaar paanch chhe saat aath nau',
  'sunya ek do tin char panch chhah sat ath nou',
  'jeero ek do theen chaar paanch che saat aat nao',
  'sonne ondu eradu mooru nalku aidu aaru elu entu ombattu',
  'sonne ondu yeradu muru nalku aydu aru yelu yentu ombatthu',
  'poojyam onnu rendu moonu naalu anju aaru ezhu ettu onbadhu',
  'sunna okati rendu moodu naalugu aidu aaru edu enimidi tommidi',
  'शून्य एक दो तीन चार पांच छह सात आठ नौ',
  'जीरो वन टू थ्री फोर फाइव सिक्स सेवन एट नाइन',
  'जिरो वन टु थ्री फॉर फाईव सिक्स सेवेन ऐट नाईन',
]
const MORE = { oh: '0', o: '0', छः: '6', छे: '6', chah: '6', ombathu: '9', ombadhu: '9' }

const digits: ReadonlyMap<string, string> = new Map([
  ...COUNTS.flatMap((count) => count.split(' ').map((word, digit) => [word, String(digit)] as const)),
  ...Object.entries(MORE),
])

/** How often the next digit is said by this word. */
const repeats: ReadonlyMap<string, number> = new Map([
  ['double', 2],
  ['dabal', 2],
  ['डबल', 2],
  ['triple', 3],
  ['tripal', 3],
  ['ट्रिपल', 3],
])

/** The digit that a word says; undefined: it says none. @param word in small letters */
export const digitOf = (word: string): string | undefined => digits.get(word)

/** 2 for "double", 3 for "triple". */
export const repeatOf = (word: string): number | undefined => repeats.get(word)
