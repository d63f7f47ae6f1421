import type { Position } from '#packages/geo/position.ts'
import type { Town } from '#packages/places/gazetteer/gazetteer.ts'

export interface Question {
  input: string
  near?: Position
}

/** Towns in letters of India, since the data has none. */
const IN_OTHER_LETTERS = [
  ...['मुंबई', 'दिल्ली', 'पटना', 'लखनऊ', 'नाशिक', 'हैदराबाद', 'ಬೆಂಗಳೂರು', 'ಮೈಸೂರು', 'ಹುಬ್ಬಳ್ಳಿ', 'சென்னை', 'மதுரை'],
  ...['తిరుపతి', 'കോട്ടയം', 'અમદાવાદ', 'ਅੰਮ੍ਰਿਤਸਰ', 'কলকাতা', 'ଭୁବନେଶ୍ୱର'],
]
const EVERY_TOWN = 35
/** Mysuru. */
const NEAR = { lat: 12.3, lng: 76.65 }

/** One letter in the middle swapped with the next. */
function misspelt(name: string): string {
  const at = Math.floor(name.length / 2)
  return name.slice(0, at - 1) + name.charAt(at) + name.charAt(at - 1) + name.slice(at + 1)
}

/** What people type of some hundred towns, large and small, by its kind. */
export function chooseQuestions(towns: readonly Town[]): Record<string, Question[]> {
  const names = towns.filter((_, index) => index % EVERY_TOWN === 0).map(({ name }) => name)
  const typing = (of: (name: string) => string) => names.map((name) => ({ input: of(name) }))
  return {
    'one letter': typing((name) => name.slice(0, 1)),
    'four letters': typing((name) => name.slice(0, 4)),
    'four letters, near somewhere': typing((name) => name.slice(0, 4)).map((each) => ({ ...each, near: NEAR })),
    'the whole name': typing((name) => name),
    'a name with a typo': typing(misspelt),
    'letters of India': IN_OTHER_LETTERS.map((input) => ({ input })),
    'a hundred letters of nothing': ['qzx ', 'sri ', 'pur '].map((part) => ({ input: part.repeat(25) })),
  }
}
