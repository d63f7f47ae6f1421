import { z } from 'zod'

/** The parts of a service account's key file that are needed to send with it. */
export const ServiceAccount = z.object({
  project_id: z.string().min(1),
  client_email: z.string().min(1),
  /** PEM, PKCS #8. */
  private_key: z.string().includes('PRIVATE KEY'),
})
export type ServiceAccount = z.infer<typeof ServiceAccount>
