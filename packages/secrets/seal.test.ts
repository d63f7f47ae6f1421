import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { deriveSecret } from './derive-secret.ts'
import { fromBase64url } from './encode-bytes.ts'
import { seal, unseal } from './seal.ts'

const key = await deriveSecret('a secret of at least thirty-two bytes', 'document-number/1')
const other = await deriveSecret('a secret of at least thirty-two bytes', 'document-number/2')

test('every text comes out as it went in', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: 'grapheme', maxLength: 60 }),
      fc.uuid(),
      async (text, id) => (await unseal(key, await seal(key, text, id), id)) === text,
    ),
  )
})

test('the same text is sealed differently every time, and cannot be read', async () => {
  const seals = await Promise.all(Array.from({ length: 50 }, () => seal(key, 'KA0120150012345', 'doc')))
  expect(new Set(seals.map((text) => text.slice(0, 19))).size).toBe(50)
  for (const text of seals) {
    expect(text).toMatch(/^a1\.[\w-]+$/)
    expect(new TextDecoder().decode(fromBase64url(text.slice(3)))).not.toContain('2015')
  }
})

test('another document, another key or another version opens nothing', async () => {
  const sealed = await seal(key, 'KA0120150012345', 'mine')
  expect(await unseal(key, sealed, 'mine')).toBe('KA0120150012345')
  expect(await unseal(key, sealed, 'yours')).toBeUndefined()
  expect(await unseal(other, sealed, 'mine')).toBeUndefined()
  expect(await unseal(key, sealed.replace('a1.', 'a2.'), 'mine')).toBeUndefined()
})

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

test('a change of any one character opens nothing', async () => {
  const sealed = await seal(key, 'KA0120150012345', 'doc')
  for (const [index, letter] of Array.from(sealed).entries()) {
    // Half the alphabet on: the highest bit changes, which also the last letter uses.
    const swapped = ALPHABET[(ALPHABET.indexOf(letter) + 32) % 64] ?? 'A'
    const changed = sealed.slice(0, index) + swapped + sealed.slice(index + 1)
    expect(await unseal(key, changed, 'doc'), `character ${index}`).toBeUndefined()
  }
})

test('what was cut, lengthened or never sealed opens nothing', async () => {
  const sealed = await seal(key, 'KA0120150012345', 'doc')
  for (const text of ['', 'a1.', 'a1.AAAA', 'KA0120150012345', sealed.slice(0, -4), `${sealed}AAAA`, 'a1.%%%'])
    expect(await unseal(key, text, 'doc'), text).toBeUndefined()
})
