import type { z } from 'zod'

export const refuse = (status: number, error: string) => Response.json({ error }, { status })

export const issueOf = (error: z.ZodError) => `${error.issues[0]?.path.join('.')}: ${error.issues[0]?.message}`
