import { markOperation } from './mark-operation.ts'

export const markRead = markOperation({
  id: 'markMessageRead',
  path: '/chat/messages/{id}/read',
  summary: 'I have read everything up to this message',
  mark: 'read',
})
