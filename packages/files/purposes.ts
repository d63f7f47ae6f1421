/** What an uploaded file is for; it decides who sees it and what it may be. */
export const FILE_PURPOSES = ['avatar', 'driver_document', 'vehicle_document', 'chat_attachment'] as const
export type FilePurpose = (typeof FILE_PURPOSES)[number]
