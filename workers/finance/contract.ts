import { z } from '@hono/zod-openapi'
import type { FindingRow } from '#db/queries/finance/findings.ts'
import { findingKinds } from '#packages/ledger/findings.ts'
import { accountKinds, transactionKinds } from '#packages/ledger/kinds.ts'
import { Id, Instant } from '../http/shapes.ts'

/** Paise of an account: above nothing it has or is owed more, below it less. */
const signed = z
  .int()
  .openapi({ description: 'Paise; below nothing for what the platform holds', example: -25000 })

export const MoneyFinding = z
  .object({
    id: Id,
    kind: z.enum(findingKinds),
    reference: z.string().openapi({ description: 'The id of what it is about, ours or the gateway’s' }),
    detail: z.string(),
    foundAt: Instant,
    resolvedAt: Instant.nullable(),
    resolvedBy: Id.nullable(),
    note: z.string().nullable(),
  })
  .openapi('MoneyFinding')

export function presentFinding({ foundAt, resolvedAt, ...finding }: FindingRow): z.input<typeof MoneyFinding> {
  return {
    ...finding,
    foundAt: foundAt.toISOString(),
    resolvedAt: resolvedAt?.toISOString() ?? null,
  }
}

export const LedgerAccounts = z
  .object({
    currency: z.literal('INR'),
    accounts: z.array(
      z.object({
        kind: z.enum(accountKinds),
        balance: signed,
        owners: z
          .int()
          .nullable()
          .openapi({ description: 'People who have something on it; null: the platform’s' }),
      }),
    ),
    sum: signed.openapi({ description: 'Of all accounts; anything but nothing is a fault', example: 0 }),
  })
  .openapi('LedgerAccounts')

export const LedgerTransaction = z
  .object({
    id: Id,
    kind: z.enum(transactionKinds),
    reference: Id.openapi({ description: 'The payment, booking, refund or payout that it is about' }),
    bookingId: Id.nullable(),
    reverses: Id.nullable(),
    at: Instant,
    lines: z.array(
      z.object({
        account: z.enum(accountKinds),
        ownerId: Id.nullable(),
        amount: signed,
        availableAt: Instant.nullable().openapi({ description: 'A credit that is held until then' }),
      }),
    ),
  })
  .openapi('LedgerTransaction')

/** The gateway's name of an event. */
export const WebhookId = z.string().regex(/^[\w.:-]{1,100}$/)

export const WebhookEvent = z
  .object({
    id: WebhookId,
    event: z.string().openapi({ description: 'Empty until it was read', example: 'payment.captured' }),
    receivedAt: Instant,
    tryAt: Instant.nullable(),
    attempts: z.int(),
    outcome: z.string().nullable(),
  })
  .openapi('WebhookEvent')
