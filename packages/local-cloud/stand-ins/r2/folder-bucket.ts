import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Bucket, DEFAULT_TYPE } from './bucket.ts'

const NEW_LINE = 0x0a

/** A bucket in a folder: a file for each object, its content type in the first line. */
export function folderBucket(folder: string): Bucket {
  // A hash, because a key may be longer than a file's name, and may climb out of the folder.
  const fileOf = (key: string) => join(folder, createHash('sha256').update(key).digest('hex'))
  return {
    put: async (key, { bytes, contentType }) => {
      await mkdir(folder, { recursive: true })
      const file = fileOf(key)
      await writeFile(`${file}.new`, Buffer.concat([Buffer.from(`${encodeURI(contentType)}\n`), bytes]))
      // The rename makes it whole: a kill in between leaves no half file.
      await rename(`${file}.new`, file)
    },
    get: async (key) => {
      const file = await readFile(fileOf(key)).catch(unlessAbsent)
      if (file === undefined) return undefined
      const end = file.indexOf(NEW_LINE)
      const contentType = decodeURI(file.subarray(0, end).toString()) || DEFAULT_TYPE
      return { bytes: new Uint8Array(file.subarray(end + 1)), contentType }
    },
    delete: (key) => rm(fileOf(key), { force: true }),
  }
}

function unlessAbsent(error: unknown): undefined {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
  throw error
}
