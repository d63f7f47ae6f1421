import { z } from 'zod'
import { SettingsError } from '../env.ts'

/** What the process itself is told, beside the application's variables. */
const DenoSettings = z.object({
  /** Where it listens; only this machine unless told otherwise. */
  HOST: z.string().min(1).default('127.0.0.1'),
  /** 0: any free port, named in the log. */
  PORT: z.coerce.number().int().min(0).max(65_535).default(8787),
  /**
   * The header in which the reverse proxy in front writes its caller's address, such as `x-forwarded-for`. Only to be
   * set where nobody can get past that proxy: rate limits count by this address. Absent: the connection's address.
   */
  TRUSTED_ADDRESS_HEADER: z.string().min(1).optional(),
})
export type DenoSettings = z.infer<typeof DenoSettings>

/** Reads the process's variables; throws a SettingsError. */
export function parseDenoSettings(source: Record<string, unknown>): DenoSettings {
  const result = DenoSettings.safeParse(source)
  if (!result.success) throw new SettingsError(result.error.issues)
  return result.data
}
