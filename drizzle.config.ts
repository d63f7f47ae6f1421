import { defineConfig } from 'drizzle-kit'

export default defineConfig({
  dialect: 'postgresql',
  schema: './db/schema/index.ts',
  out: './migrations',
  extensionsFilters: ['postgis'],
  dbCredentials: { url: process.env['DATABASE_URL'] ?? '' },
})
