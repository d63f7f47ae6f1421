import { z } from 'zod'
import { SmsError, type SmsPort } from './sms-port.ts'

const TIMEOUT_MS = 5000
const SECONDS_PER_MINUTE = 60

/** MSG91 says in the body whether it took the message; its errors come with status 200. */
const Reply = z.looseObject({ type: z.string(), message: z.string().optional() })

/**
 * SMS through MSG91's OTP API, version 5. The code is made and checked here; MSG91 only delivers it.
 * @param templateId the DLT-registered template
 */
export function msg91(authKey: string, templateId: string): SmsPort {
  return {
    async sendCode(phone, code, expiresInSeconds) {
      const response = await fetch('https://control.msg91.com/api/v5/otp', {
        method: 'POST',
        headers: { authkey: authKey, 'content-type': 'application/json' },
        body: JSON.stringify({
          template_id: templateId,
          mobile: phone.slice(1),
          otp: code,
          otp_length: code.length,
          otp_expiry: Math.ceil(expiresInSeconds / SECONDS_PER_MINUTE),
        }),
        redirect: 'manual',
        signal: AbortSignal.timeout(TIMEOUT_MS),
      }).catch((cause: unknown) => {
        throw new SmsError('MSG91 does not answer', { cause })
      })
      const reply = Reply.safeParse(await response.json().catch(() => undefined))
      if (!response.ok || reply.data?.type !== 'success') {
        throw new SmsError(`MSG91 refused: ${response.status} ${reply.data?.message ?? 'no reason given'}`)
      }
    },
  }
}
