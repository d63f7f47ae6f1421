import { z } from 'zod'
import type { OutboxRow } from '#db/queries/outbox/deliver.ts'
import { loadDocumentNotice } from '#db/queries/outbox/load-document-notice.ts'
import { indianDay } from '#packages/calendar/indian-time.ts'
import { noticeOf } from '#packages/documents/notice.ts'
import type { Services } from '../context.ts'

/** After so many tries, about a day, nobody waits for the message any more. */
const MAX_ATTEMPTS = 30

const Payload = z.object({ documentId: z.string() })

type Outlets = Pick<Services, 'db' | 'sms' | 'log'>

/** Tells drivers by SMS about their documents. Returns the events that are done with. @param now Unix milliseconds */
export async function sendNotices(outlets: Outlets, due: readonly OutboxRow[], now: number): Promise<string[]> {
  const outcomes = await Promise.all(
    due.map(async (row) => {
      try {
        await sendNotice(outlets, row, indianDay(now))
        return [row.id]
      } catch (error) {
        const { topic, subject, attempts } = row
        outlets.log.error('notice failed', { topic, subject, attempts, error })
        return attempts >= MAX_ATTEMPTS ? [row.id] : []
      }
    }),
  )
  return outcomes.flat()
}

async function sendNotice({ db, sms }: Outlets, { topic, payload }: OutboxRow, today: string): Promise<void> {
  const document = await loadDocumentNotice(db, Payload.parse(payload).documentId)
  const notice = document && noticeOf(topic, document, today)
  if (notice) await sms.sendText(document.phone, { ...notice, language: document.language })
}
