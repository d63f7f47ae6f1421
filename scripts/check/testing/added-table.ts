import { pgTable, uuid } from 'drizzle-orm/pg-core'

export * from '../../../db/schema/index.ts'

/** A change of the schema for which there is no migration. */
export const forgotten = pgTable('forgotten', { id: uuid('id').primaryKey() })
