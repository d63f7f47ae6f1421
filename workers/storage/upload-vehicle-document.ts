import { uploadOperation } from './upload-operation.ts'

export const uploadVehicleDocument = uploadOperation({
  id: 'uploadVehicleDocument',
  path: '/storage/upload/vehicle-document',
  summary:
    'Upload a document of a vehicle, to hand it in afterwards; what is not handed in within a day is deleted',
  access: 'driver',
  purpose: 'vehicle_document',
})
