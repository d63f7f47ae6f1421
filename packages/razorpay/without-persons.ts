/** What tells who pays or is paid, and is nothing that we go by. */
const PERSONAL: ReadonlySet<string> = new Set([
  'contact',
  'email',
  'vpa',
  'upi',
  'card',
  'bank_account',
  'customer_details',
])

/** A webhook's text as it may be kept: without who pays, and how to reach them. What is no JSON stays as it is. */
export function withoutPersons(text: string): string {
  try {
    const left: unknown = JSON.parse(text, (key, value: unknown) => (PERSONAL.has(key) ? undefined : value))
    return JSON.stringify(left)
  } catch {
    return text
  }
}
