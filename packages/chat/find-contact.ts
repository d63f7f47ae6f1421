import { hasPhone } from './find-phone.ts'

const MAIL = /[\w+.-]+@[\w-]+\.[\w.-]+/
/** "asha dot rao at gmail dot com", with or without brackets. */
const SPELLED_MAIL =
  /[\w+.-]+\s*[([{]?\s*(?:@|\bat\b)\s*[)\]}]?\s*[\w-]+\s*[([{]?\s*\bdot\b\s*[)\]}]?\s*(?:com|co|in|org|net|me)\b/
const MESSENGER =
  /\b(?:wh?a+t+s+\s?a+p+|telegram|insta(?:gram)?(?!-)|snapchat|facebook|fb\s?id|gmail|hotmail|rediffmail)\b|\b(?:wa|t)\.me\/|व्हाट्सएप|व्हाट्सऐप|वॉट्सऐप|वाट्सएप|टेलीग्राम|इंस्टा/
const WANTED_NUMBER =
  /\b(?:phone|mobile|mob|cell|contact|calling)\s*(?:number|nambar|numbr|num|no)\b|(?:फोन|मोबाइल|कॉन्टैक्ट|संपर्क)\s*(?:नंबर|नम्बर)/

/** "Number" alone is that of cars, gates and trains too. */
const OWN_NUMBER =
  /\b(?:apna|aapka|tumhara|(?:send|share|give)\s+(?:me\s+)?(?:your|ur))\s+(?:number|no)\b|अपना\s+नंबर|नंबर\s+(?:दो|दे|भेज)/
const SEND_NUMBER =
  /(?<!\b(?:car|gaadi|gadi|vehicle|seat|plate|gate|house|flight|train|bus)\s+)\bnumber\s+(?:do|de|dena|bhej\w*)\b/

const patterns = [MAIL, SPELLED_MAIL, MESSENGER, WANTED_NUMBER, OWN_NUMBER, SEND_NUMBER]

/** Whether a text gives, or asks for, a way to meet elsewhere. @param text as `plainText` makes it */
export function hasContact(text: string): boolean {
  return hasPhone(text) || patterns.some((pattern) => pattern.test(text))
}
