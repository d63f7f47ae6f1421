import type { FilePurpose } from '#packages/files/purposes.ts'
import type { ChatMessage } from '#packages/protocol/user-event.ts'
import type { MessageFlag } from './message-flags.ts'

interface Attachment {
  id: string
  /** A single object: a picture or a PDF. */
  variants: readonly { name: string; mediaType: string; bytes: number }[]
}

/** A message as it is stored. */
export interface StoredMessage {
  id: string
  conversationId: string
  seq: number
  rideId: string
  senderId: string
  clientId: string
  body: string | null
  flag: MessageFlag | null
  createdAt: Date
  deletedAt: Date | null
  file: Attachment | null
}

/** Makes the links of a file's objects, in their order. */
export type LinkFile = (
  file: Attachment & { purpose: FilePurpose },
) => Promise<readonly { filename: string; url: string; expiresAt: Date | null }[]>

/** A message as its members see it; the link to what is attached is good for some minutes. */
export async function presentMessage(message: StoredMessage, link: LinkFile): Promise<ChatMessage> {
  const { createdAt, deletedAt, file, ...shown } = message
  return {
    ...shown,
    attachment: file && (await linkAttachment(file, link)),
    sentAt: createdAt.toISOString(),
    deletedAt: deletedAt?.toISOString() ?? null,
  }
}

async function linkAttachment(file: Attachment, link: LinkFile): Promise<ChatMessage['attachment']> {
  const [variant] = file.variants
  const [address] = await link({ ...file, purpose: 'chat_attachment' })
  if (!variant || !address) return null
  const { filename, url, expiresAt } = address
  const { mediaType, bytes } = variant
  return { filename, mediaType, bytes, url, expiresAt: expiresAt?.toISOString() ?? null }
}
