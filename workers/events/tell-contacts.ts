import { z } from 'zod'
import type { OutboxRow } from '#db/queries/outbox/deliver.ts'
import { type ContactsRow, loadContacts, recordRound } from '#db/queries/sos/contact-rounds.ts'
import { alertToken } from '#packages/share-links/token.ts'
import { CONTACT_STEPS, type ContactStep, contactText, whomToTell } from '#packages/sos/tell-contacts.ts'
import type { Services } from '../context.ts'
import { writeDown } from './write-down.ts'

const Payload = z.object({ step: z.enum(CONTACT_STEPS) })

/** A contact who could not be told in this time is not told any more: operators have the alert. */
const MAX_AGE_MS = 24 * 3600_000

type Outlets = Pick<Services, 'db' | 'sms' | 'keys' | 'log'>

/** Tells trusted contacts by SMS of alerts. Returns the events that are done with. @param now Unix milliseconds */
export async function tellContacts(
  outlets: Outlets,
  due: readonly OutboxRow[],
  now: number,
): Promise<string[]> {
  const outcomes = await Promise.all(
    // What happened to one alert is told in its order.
    [...Map.groupBy(due, (row) => row.subject).values()].map(async (rows) => {
      const done: string[] = []
      for (const row of rows) if (await tellStep(outlets, row, now)) done.push(row.id)
      return done
    }),
  )
  return outcomes.flat()
}

async function tellStep(outlets: Outlets, row: OutboxRow, now: number): Promise<boolean> {
  const { subject: alertId, attempts, createdAt } = row
  try {
    const { step } = Payload.parse(row.payload)
    const alert = await loadContacts(outlets.db, alertId)
    const telling = alert && whomToTell(step, { ...alert, contacts: alert.contacts.map(({ phone }) => phone) })
    if (!alert || !telling) return true
    const isLate = now - createdAt.getTime() > MAX_AGE_MS
    if (telling === 'wait') return isLate
    const told = isLate ? [] : await send(outlets, { alertId, step, alert, phones: telling.phones })
    const done = isLate || told.length === telling.phones.length
    if (told.length > 0 || done)
      await writeDown(() => recordRound(outlets.db, alertId, { step, told, done }, new Date(now)))
    return done
  } catch (error) {
    outlets.log.error('contacts not told', { alertId, attempts, error })
    return false
  }
}

interface Round {
  alertId: string
  step: ContactStep
  alert: ContactsRow
  phones: readonly string[]
}

/** Sends to all at once, so that nobody waits for a message that hangs; returns the phones that were accepted. */
async function send({ sms, keys, log }: Outlets, { alertId, step, alert, phones }: Round): Promise<string[]> {
  const token = await alertToken(keys.alerts, alertId)
  const sent = await Promise.all(
    phones.map(async (phone) => {
      const own = alert.contacts.find((contact) => contact.phone === phone)?.language
      const text = contactText(step, { ...alert, language: own ?? alert.language, token })
      try {
        await sms.sendText(phone, text)
        return [phone]
      } catch (error) {
        log.error('contact not told', { alertId, step, error })
        return []
      }
    }),
  )
  return sent.flat()
}
