/** What may be said of an error where its message may hold what nobody is to read: its name. */
export const nameOf = (error: unknown): string => (error instanceof Error ? error.name : 'unknown')
