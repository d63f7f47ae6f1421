import type { Operation } from '../http/operation.ts'
import { approveDocument } from './approve-document.ts'
import { deleteDocument } from './delete-document.ts'
import { deleteDocumentRequirement } from './delete-document-requirement.ts'
import { inspectDocument } from './inspect-document.ts'
import { listDocumentRequirements } from './list-document-requirements.ts'
import { listDocuments } from './list-documents.ts'
import { listDriverDocuments } from './list-driver-documents.ts'
import { rejectDocument } from './reject-document.ts'
import { saveDocumentRequirement } from './save-document-requirement.ts'
import { uploadDocument } from './upload-document.ts'

export const documentOperations: readonly Operation[] = [
  listDriverDocuments,
  uploadDocument,
  deleteDocument,
  listDocuments,
  inspectDocument,
  approveDocument,
  rejectDocument,
  listDocumentRequirements,
  saveDocumentRequirement,
  deleteDocumentRequirement,
]
