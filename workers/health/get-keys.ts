import { z } from '@hono/zod-openapi'
import { operation } from '../http/operation.ts'
import { ok } from '../http/reply.ts'

const PublicKey = z.object({
  kty: z.string(),
  crv: z.string(),
  x: z.string(),
  y: z.string(),
  kid: z.string(),
  alg: z.string(),
  use: z.string(),
})

export const getKeys = operation(
  {
    id: 'getKeys',
    method: 'get',
    path: '/.well-known/jwks.json',
    tag: 'Operations',
    summary: 'The public keys that verify access tokens (RFC 7517)',
    access: 'public',
    limit: 'read',
    replies: { 200: z.object({ keys: z.array(PublicKey) }) },
    errors: [],
  },
  async ({ tokens }) => ok(tokens.publicKeys),
)
