import { type GoogleStatus, googleError } from './google-error.ts'

export const RETRY_AFTER_SECONDS = 2

const FAILURES: Record<string, readonly [GoogleStatus, errorCode: string, message: string]> = {
  unregistered: ['NOT_FOUND', 'UNREGISTERED', 'Requested entity was not found.'],
  mismatch: ['PERMISSION_DENIED', 'SENDER_ID_MISMATCH', 'SenderId mismatch'],
  quota: ['RESOURCE_EXHAUSTED', 'QUOTA_EXCEEDED', 'Resource has been exhausted (e.g. check quota).'],
  unavailable: ['UNAVAILABLE', 'UNAVAILABLE', 'The service is currently unavailable.'],
  internal: ['INTERNAL', 'INTERNAL', 'Internal error encountered.'],
  invalid: [
    'INVALID_ARGUMENT',
    'INVALID_ARGUMENT',
    'The registration token is not a valid FCM registration token',
  ],
}

/** The error that a device token's name asks for (`unregistered-…`), or nothing. */
export function answerToken(token: string): Response | undefined {
  const [prefix = ''] = token.split('-')
  const failure = token.includes('-') && Object.hasOwn(FAILURES, prefix) ? FAILURES[prefix] : undefined
  if (!failure) return undefined
  const [status, errorCode, message] = failure
  const retry = status === 'UNAVAILABLE' || status === 'RESOURCE_EXHAUSTED'
  return googleError(
    status,
    message,
    [{ '@type': 'type.googleapis.com/google.firebase.fcm.v1.FcmError', errorCode }],
    retry ? { 'retry-after': String(RETRY_AFTER_SECONDS) } : {},
  )
}
