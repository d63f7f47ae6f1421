import type { Operation } from '../http/operation.ts'
import { completeUpload } from './complete-upload.ts'
import { createUpload } from './create-upload.ts'
import { deleteFile } from './delete-file.ts'
import { downloadFile } from './download-file.ts'
import { uploadAvatar } from './upload-avatar.ts'
import { uploadChatAttachment } from './upload-chat-attachment.ts'
import { uploadDriverDocument } from './upload-driver-document.ts'
import { uploadVehicleDocument } from './upload-vehicle-document.ts'

export const storageOperations: readonly Operation[] = [
  uploadAvatar,
  uploadDriverDocument,
  uploadVehicleDocument,
  uploadChatAttachment,
  createUpload,
  completeUpload,
  downloadFile,
  deleteFile,
]
