import pc from 'picocolors'
import { BrokenDataError } from '../../packages/local-cloud/broken-data-error.ts'
import { DatabaseStartError } from '../../packages/local-cloud/database/start-database.ts'
import { MigrationError } from '../system/apply-migrations.ts'
import { BundleError } from '../system/bundle-worker.ts'
import { PortInUseError } from './assert-port-free.ts'
import { UsageError } from './read-options.ts'

/** What went wrong at the start, for a person; a stack only where nobody foresaw it. */
export function explainFailure(error: unknown): string {
  const headline = pc.red('✗ Margwa did not start')
  if (error instanceof Error && isForeseen(error)) return `\n${headline}\n\n${error.message}\n`
  return `\n${headline}\n\n${error instanceof Error ? error.stack : String(error)}\n`
}

const foreseen = [BrokenDataError, BundleError, DatabaseStartError, MigrationError, PortInUseError, UsageError]

/** Ours, or the file system's: its message names the file and what is wrong with it. */
function isForeseen(error: Error): boolean {
  return foreseen.some((kind) => error instanceof kind) || ('syscall' in error && 'path' in error)
}
