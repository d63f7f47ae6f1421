import type { Operation } from '../http/operation.ts'
import { countUnread } from './count-unread.ts'
import { deleteMessage } from './delete-message.ts'
import { getConversation } from './get-conversation.ts'
import { handleFlaggedMessage } from './handle-flagged-message.ts'
import { listConversations } from './list-conversations.ts'
import { listFlaggedMessages } from './list-flagged-messages.ts'
import { listMessages } from './list-messages.ts'
import { markDelivered } from './mark-delivered.ts'
import { markRead } from './mark-read.ts'
import { openConversation } from './open-conversation.ts'
import { sendMessage } from './send-message.ts'

export const chatOperations: readonly Operation[] = [
  openConversation,
  listConversations,
  getConversation,
  sendMessage,
  listMessages,
  markDelivered,
  markRead,
  deleteMessage,
  countUnread,
  listFlaggedMessages,
  handleFlaggedMessage,
]
