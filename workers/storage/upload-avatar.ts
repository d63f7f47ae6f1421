import { uploadOperation } from './upload-operation.ts'

export const uploadAvatar = uploadOperation({
  id: 'uploadAvatar',
  path: '/storage/upload/avatar',
  summary: 'Upload my photo; it takes the place of the one before',
  access: 'user',
  purpose: 'avatar',
})
