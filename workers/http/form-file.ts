import { z } from '@hono/zod-openapi'

/** What a form has around its file: boundaries, names and the other fields. */
export const FORM_OVERHEAD_BYTES = 64 * 1024

/** The file of a form. */
export const FormFile = z.instanceof(File).openapi({ type: 'string', format: 'binary' })
