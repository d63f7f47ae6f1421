/** Groups of an IPv6 address that one customer has for themselves: a /64, the smallest network that is given out. */
const NETWORK_GROUPS = 4
const GROUPS = 8
const MAPPED = /^(?:0{0,4}:){1,6}(?:ffff:)?(\d+\.\d+\.\d+\.\d+)$/

/**
 * What an address counts as where callers are counted: an IPv4 address as itself, an IPv6 address as its /64, since
 * whoever has one address of it has all 2^64. Ways of writing the same network give the same text. What is no address
 * comes back as it is, in small letters.
 */
export function networkOf(address: string): string {
  const text = (address.toLowerCase().split('%')[0] ?? '').replaceAll(/^\[|\]$/g, '')
  const mapped = MAPPED.exec(text)?.[1]
  if (mapped !== undefined) return mapped
  if (!text.includes(':')) return text
  const [head = '', tail] = text.split('::', 2)
  const before = head === '' ? [] : head.split(':')
  const after = tail === undefined || tail === '' ? [] : tail.split(':')
  const missing = tail === undefined ? 0 : Math.max(0, GROUPS - before.length - after.length)
  const groups = [...before, ...Array.from({ length: missing }, () => '0'), ...after]
  const network = groups.slice(0, NETWORK_GROUPS).map((group) => group.replace(/^0+(?=.)/, ''))
  return `${network.join(':')}::/64`
}
