/** The documents that can be asked for, and what each is about. */
export const documentSubjects = {
  driving_licence: 'driver',
  identity: 'driver',
  registration: 'vehicle',
  insurance: 'vehicle',
  permit: 'vehicle',
  pollution_certificate: 'vehicle',
} as const satisfies Record<string, 'driver' | 'vehicle'>

export type DocumentKind = keyof typeof documentSubjects

export const DOCUMENT_KINDS = [
  'driving_licence',
  'identity',
  'registration',
  'insurance',
  'permit',
  'pollution_certificate',
] as const satisfies readonly DocumentKind[]

/** A document begins as pending; `none` is what a driver sees where nothing was handed in. */
export const DOCUMENT_STATES = ['pending', 'valid', 'rejected', 'expired', 'replaced'] as const
export type DocumentState = (typeof DOCUMENT_STATES)[number]
