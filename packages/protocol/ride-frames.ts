/** The language of `GET /api/v1/rides/:id/live`: JSON text frames `{ type, … }`. */
export * from './client-frame.ts'
export * from './server-frame.ts'
