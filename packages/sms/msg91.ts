import { z } from 'zod'
import { DEFAULT_LANGUAGE, type Language } from './languages.ts'
import { SmsError, type SmsPort, type SmsTemplate } from './sms-port.ts'

const TIMEOUT_MS = 5000
const SECONDS_PER_MINUTE = 60
/** What a variable of a text registered in India may hold; a longer one is refused by the operators. */
const MAX_VALUE_CHARACTERS = 30

/** MSG91 says in the body whether it took the message; its errors come with status 200. */
const Reply = z.looseObject({ type: z.string(), message: z.string().optional() })

/** An account of MSG91 and the ids of its DLT-registered templates. */
export interface Msg91Account {
  authKey: string
  /** For codes in a language that has no template of its own. */
  otpTemplate: string
  otpTemplates: Partial<Record<Language, string>>
  flowTemplates: Partial<Record<`${SmsTemplate}.${Language}`, string>>
}

/** SMS through MSG91's API, version 5. Codes are made and checked here; MSG91 only delivers them. */
export function msg91({ authKey, otpTemplate, otpTemplates, flowTemplates }: Msg91Account): SmsPort {
  const post = async (path: string, body: object) => {
    const response = await fetch(`https://control.msg91.com/api/v5/${path}`, {
      method: 'POST',
      headers: { authkey: authKey, 'content-type': 'application/json' },
      body: JSON.stringify(body),
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    }).catch((cause: unknown) => {
      throw new SmsError('MSG91 does not answer', { cause })
    })
    const reply = Reply.safeParse(await response.json().catch(() => undefined))
    if (!response.ok || reply.data?.type !== 'success') {
      throw new SmsError(`MSG91 refused: ${response.status} ${reply.data?.message ?? 'no reason given'}`)
    }
  }

  return {
    sendCode: (phone, code, expiresInSeconds, language) =>
      post('otp', {
        template_id: otpTemplates[language] ?? otpTemplate,
        mobile: phone.slice(1),
        otp: code,
        otp_length: code.length,
        otp_expiry: Math.ceil(expiresInSeconds / SECONDS_PER_MINUTE),
      }),
    async sendText(phone, { template, values, language }) {
      const id = flowTemplates[`${template}.${language}`] ?? flowTemplates[`${template}.${DEFAULT_LANGUAGE}`]
      if (id === undefined) throw new SmsError(`MSG91_FLOW_TEMPLATES has no ${template}`)
      const fitting = Object.entries(values).map(([name, value]) => [
        name,
        Array.from(value).slice(0, MAX_VALUE_CHARACTERS).join(''),
      ])
      const recipient = { ...Object.fromEntries(fitting), mobiles: phone.slice(1) }
      await post('flow', { template_id: id, short_url: '0', recipients: [recipient] })
    },
  }
}
