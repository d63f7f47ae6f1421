import { sha256Bytes } from '#packages/secrets/hash.ts'

/** What a form says, as one text: its fields, and its files by their digests. The boundary between them is left out. */
export async function describeForm(form: FormData): Promise<string> {
  const fields = await Promise.all(
    [...form].map(async ([name, value]) => [
      name,
      typeof value === 'string' ? value : await sha256Bytes(await value.arrayBuffer()),
    ]),
  )
  return JSON.stringify(fields)
}
