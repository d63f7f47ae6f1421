import type { z } from '@hono/zod-openapi'
import type { ShareLinkRow } from '#db/queries/share-links/own-links.ts'
import type { ShareLink } from './contract.ts'

export function presentShareLink({ id, createdAt, expiresAt }: ShareLinkRow): z.input<typeof ShareLink> {
  return { id, createdAt: createdAt.toISOString(), expiresAt: expiresAt.toISOString() }
}
