/** What strangers are told of somebody's name: the first word of it. Null where there is none. */
export function firstName(name: string | null): string | null {
  return name?.trim().split(/\s+/u)[0] || null
}
