/** What is behind the @ of an UPI address. */
const HANDLES = [
  ...['okaxis', 'okhdfcbank', 'okicici', 'oksbi', 'ybl', 'ibl', 'axl', 'paytm', 'upi', 'apl', 'sbi'],
  ...['ptyes', 'ptsbi', 'pthdfc', 'ptaxis', 'hdfcbank', 'icici', 'axisbank', 'kotak', 'barodampay'],
]

/** With words that are told from others by what stands around them. */
const patterns: readonly RegExp[] = [
  // An address with a known bank, or any word that is no mail: `asha@bank`.
  new RegExp(`[\\w.-]{2,}\\s?@\\s?(?:${HANDLES.join('|')})\\b`),
  /[\w.-]{2,}@[a-z]{2,}\b(?!\.)/,
  // By these ways.
  /\b(?:paytm|g[\s-]?pay|google\s?pay|phonepe|bhim|upi|neft|imps|rtgs|bank\s+transfer)\b/,
  // "phone pe" is the service, or Hindi for "on the phone".
  /\bphone[\s-]pe\b(?!\s+(?:baa?t|call|bol|bata))/,
  /पेटीएम|गूगल\s?पे|जीपे|फोन\s?पे(?!\s*(?:बात|कॉल|बता))|यूपीआई/,
  // In coins and notes.
  /\bc[\s.]*a[\s.]*[s$][\s.]*h\b/,
  /\bna[kgq]h?a?d\b|\brokda\b|नकद|नगद|कैश|कॅश|रोख|ಕ್ಯಾಶ್|ನಗದು|క్యాష్|కాష్|నగదు|கேஷ்|ரொக்கம்|ক্যাশ|নগদ|કેશ|રોકડ|ਨਕਦ|ਕੈਸ਼/,
  /\b(?:money|amount|rs|rupees|\d+)\s+(?:in|by)\s+hand\b|\b(?:paise|paisa)\s+haa?th\b/,
  // Past the application.
  /\b(?:outside|without|bypass|skip|bina)\s+(?:the\s+|this\s+)?app\b|\bapp\s+k?e?\s*(?:bahar|bina)\b/,
  /\bapp\s+(?:se|pe|par)\s+(?:book\w*\s+)?(?:mat|na|nahi)\b|\b(?:don'?t|do\s+not|no\s+need\s+to)\s+book\b(?!\s+seat)|\bbook\s+mat\b/,
  /\b(?:pay|payment|settle|deal)\s+(?:\w+\s+){0,2}(?:direct(?:ly)?|offline)\b/,
  /\bdirect(?:ly)?\s+(?:pay|payment|paise|paisa)\b|\bseedh?[ae]\s+(?:paise|paisa|payment|mujhe)\b|ಹಣ\s+ನೇರ/,
  /\bmy\s+qr\b|\bqr\s+code\b|\bbetween\s+us\b/,
  /\bcancel\b.{0,40}\bdirect(?:ly)?\b|\bdirect(?:ly)?\s+aa?\b/,
  /\bcancel\b.{0,40}\b(?:take|drop|bring|carry)\s+you\b/,
]

/** Whether a text speaks of paying past the application. @param text as `plainText` makes it */
export function hasPayment(text: string): boolean {
  return patterns.some((pattern) => pattern.test(text))
}
