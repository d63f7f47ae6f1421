/** What an uploaded file is for; it decides who sees it and what it may be. */
export const FILE_PURPOSES = ['avatar', 'driver_document', 'vehicle_document', 'chat_attachment'] as const
export type FilePurpose = (typeof FILE_PURPOSES)[number]

/** Documents are of drivers and their vehicles, and for reviewers; the others are between people. */
export const isDocument = (purpose: FilePurpose): boolean =>
  purpose === 'driver_document' || purpose === 'vehicle_document'
