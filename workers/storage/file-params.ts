import { z } from '@hono/zod-openapi'
import { FILENAME, readFilename } from '#packages/files/names.ts'

/** The name of an object of a file. Another text cannot be one, so it is not found. */
export const FileParams = z.object({ filename: z.string().regex(FILENAME).transform(readFilename) })
