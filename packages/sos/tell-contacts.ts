import { firstName } from '#packages/people/first-name.ts'
import type { Language } from '#packages/sms/languages.ts'
import type { SmsText } from '#packages/sms/sms-port.ts'
import type { SosState } from './transition.ts'

/** The steps of an alert that trusted contacts hear of. */
export const CONTACT_STEPS = ['raised', 'resolved'] as const
export type ContactStep = (typeof CONTACT_STEPS)[number]

/** One try to tell the contacts of a step: who was told, and whether any of them is still to be told. */
export interface ContactRound {
  step: ContactStep
  /** Phones, E.164. */
  told: readonly string[]
  done: boolean
}

/** An alert as it is when its contacts could be told of it. */
export interface TellableAlert {
  state: SosState
  /** The phones of the trusted contacts. */
  contacts: readonly string[]
  /** What was tried before. */
  rounds: readonly ContactRound[]
}

/** Whom to tell of a step now. `wait`: not before it is known who heard of the step before it. */
export type Telling = { phones: readonly string[] } | 'wait'

/**
 * Nobody is told twice of a step, nobody of an alert that is over already, and of its end whoever heard that it was
 * raised, also those who have left the list since.
 */
export function whomToTell(step: ContactStep, { state, contacts, rounds }: TellableAlert): Telling {
  const told = (of: ContactStep) => rounds.filter((round) => round.step === of).flatMap((round) => round.told)
  const before = told(step)
  const yet = (phones: readonly string[]) => ({ phones: phones.filter((phone) => !before.includes(phone)) })
  if (step === 'raised') return yet(state === 'resolved' ? [] : contacts)
  return rounds.some((round) => round.step === 'raised' && round.done) ? yet(told('raised')) : 'wait'
}

/** What a variable of a registered text can hold; the token of a link is longer. */
const HALF_TOKEN = 22

/** The text about a step. The address of the page is part of the registered text, its token comes in two pieces. */
export function contactText(
  step: ContactStep,
  { name, phone, language, token }: { name: string | null; phone: string; language: Language; token: string },
): SmsText {
  const who = { name: firstName(name) ?? phone }
  if (step === 'resolved') return { template: 'sos_resolved', values: who, language }
  const link = { link1: token.slice(0, HALF_TOKEN), link2: token.slice(HALF_TOKEN) }
  return { template: 'sos_raised', values: { ...who, ...link }, language }
}
