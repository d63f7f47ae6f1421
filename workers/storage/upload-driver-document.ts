import { uploadOperation } from './upload-operation.ts'

export const uploadDriverDocument = uploadOperation({
  id: 'uploadDriverDocument',
  path: '/storage/upload/driver-document',
  summary:
    'Upload a document about me, to hand it in afterwards; what is not handed in within a day is deleted',
  access: 'driver',
  purpose: 'driver_document',
})
