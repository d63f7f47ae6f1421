import { markOperation } from './mark-operation.ts'

export const markDelivered = markOperation({
  id: 'markMessageDelivered',
  path: '/chat/messages/{id}/delivered',
  summary: 'Everything up to this message has arrived on a device of mine',
  mark: 'delivered',
})
