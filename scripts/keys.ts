import { newSigningKey } from '#packages/secrets/signing-key.ts'

/** `npm run keys`: a new JWT_SIGNING_KEYS. To rotate, put the new key in front of the old ones. */
console.log(JSON.stringify({ keys: [await newSigningKey()] }))
