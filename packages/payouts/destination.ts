import { z } from 'zod'
import { keyedHash } from '#packages/secrets/hash.ts'
import { seal, unseal } from '#packages/secrets/seal.ts'

/**
 * An address of UPI: a name and, after the @, the handle of a payment service or bank (NPCI, UPI Linking Specifications). An
 * address that spells out an account (`…@IFSC.ifsc.npci`) is a bank account. Letter case means nothing.
 */
export const UPI_ADDRESS = /^[a-z0-9][a-z0-9._-]*@[a-z][a-z0-9]{1,63}$/
/** NPCI's limit for the whole; the gateway wants three characters before the @. */
export const MAX_UPI_ADDRESS = 100

/** Indian banks give accounts 9 to 18 digits. */
export const ACCOUNT_NUMBER = /^\d{9,18}$/

/** The Indian Financial System Code of a branch: its bank, a 0, its number (RBI). */
export const IFSC = /^[A-Z]{4}0[A-Z0-9]{6}$/

/** A holder's name as banks write it, and as the gateway takes it. */
export const HOLDER_NAME = /^[A-Za-z][A-Za-z .,'&()/-]{2,119}$/

/** Where a driver is paid, in full. */
export const Destination = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('upi'), address: z.string(), name: z.string() }),
  z.object({ kind: z.literal('bank'), accountNumber: z.string(), ifsc: z.string(), name: z.string() }),
])
export type Destination = z.infer<typeof Destination>

type Key = Uint8Array<ArrayBuffer>

const MAX_SHOWN = 4

/** The end of an account number or of the name in an address, by which its driver knows it; never more than half of it. */
export function lastFour(destination: Destination): string {
  const text =
    destination.kind === 'bank' ? destination.accountNumber : (destination.address.split('@')[0] ?? '')
  return text.slice(text.length - Math.min(MAX_SHOWN, Math.floor(text.length / 2)))
}

/** The same for two destinations that are one, whatever name they are under. */
export function hashDestination(key: Key, destination: Destination): Promise<string> {
  const same =
    destination.kind === 'bank' ? `${destination.ifsc} ${destination.accountNumber}` : destination.address
  return keyedHash(key, `${destination.kind} ${same}`)
}

/** @param methodId the payout method that it belongs to: it opens with no other */
export const sealDestination = (key: Key, destination: Destination, methodId: string): Promise<string> =>
  seal(key, JSON.stringify(destination), methodId)

/** Undefined where it was changed, moved, or sealed with another key. */
export async function openDestination(
  key: Key,
  sealed: string,
  methodId: string,
): Promise<Destination | undefined> {
  const text = await unseal(key, sealed, methodId)
  return text === undefined ? undefined : Destination.parse(JSON.parse(text))
}
