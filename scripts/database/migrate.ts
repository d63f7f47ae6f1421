import { runCommand } from './run-command.ts'

/** `npm run db:migrate`: applies the missing migrations to the database of `npm run dev`, or to the one at DATABASE_URL. */
await runCommand(async () => 'The database has every migration.')
