/** Below which the pages of links are, outside the versioned API: a short address fits into a message. */
export const PAGE_PATH = '/s'

export const pageUrl = (token: string): string => `${PAGE_PATH}/${token}`
