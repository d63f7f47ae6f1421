import { uploadOperation } from './upload-operation.ts'

export const uploadChatAttachment = uploadOperation({
  id: 'uploadChatAttachment',
  path: '/storage/upload/chat-attachment',
  summary: 'Upload a picture or a PDF, to send it in a message; what is not sent within a day is deleted',
  access: 'user',
  purpose: 'chat_attachment',
})
