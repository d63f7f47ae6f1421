import { pgTable, uuid } from 'drizzle-orm/pg-core'

/** Every other table is gone: drizzle-kit wants to ask which of them this one was. */
export const renamed = pgTable('renamed', { id: uuid('id').primaryKey() })
