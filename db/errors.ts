import { NeonDbError } from '@neondatabase/serverless'
import { DrizzleQueryError } from 'drizzle-orm'
import { Problem } from '#packages/errors/problem.ts'
import type { ProblemCode } from '#packages/errors/registry.ts'

/** What a violated constraint means to the person who asked. A constraint that is not here is our bug: 500. */
const explained: Record<string, ProblemCode> = {
  users_email_key: 'email_taken',
  users_phone_key: 'phone_taken',
  vehicles_driver_id_drivers_user_id_fk: 'driver_profile_required',
  vehicles_one_active: 'concurrent_change',
  vehicles_plate_key: 'plate_taken',
  documents_one_pending: 'document_waiting',
  documents_one_valid: 'concurrent_change',
  documents_file_key: 'file_not_usable',
  refunds_one_per_ending: 'refund_exceeds_payment',
  ledger_balances_no_overdraft: 'balance_too_low',
  payout_methods_details_key: 'payout_method_known',
  messages_file_key: 'file_not_usable',
  rides_driver_overlap: 'ride_overlap',
  ride_legs_taken_check: 'ride_full',
  bookings_one_active: 'already_booked',
  bookings_quote_key: 'quote_used',
  booking_seats_no_overlap: 'seat_taken',
  waitlist_entries_one_open: 'already_waiting',
  reviews_one_per_side: 'already_reviewed',
  reports_one_open: 'already_reported',
}

/** SQLSTATE classes that say "not now": connection, resources, operator intervention, lock not available. */
const unavailable = /^(08|40|53|55P03|57)/

const RETRY_AFTER_SECONDS = 1

/**
 * Reads an error of the database as a problem, or undefined where it is none of the database's.
 * Drizzle's message carries the SQL with its parameters, so only the cause is looked at.
 */
export function databaseProblem(error: unknown): Problem | undefined {
  const cause = error instanceof DrizzleQueryError ? error.cause : error
  // The driver passes on what happens while it reads an answer.
  const gaveUp = cause instanceof Error && cause.name === 'TimeoutError'
  if (gaveUp) return unanswered(cause)
  if (!(cause instanceof NeonDbError)) return undefined
  const code = cause.constraint && explained[cause.constraint]
  if (code) return new Problem(code, { cause })
  if (!cause.code || unavailable.test(cause.code)) return unanswered(cause)
  return new Problem('internal', { cause })
}

function unanswered(cause: Error): Problem {
  const detail = 'The database does not answer'
  return new Problem('dependency_unavailable', { detail, retryAfter: RETRY_AFTER_SECONDS, cause })
}
