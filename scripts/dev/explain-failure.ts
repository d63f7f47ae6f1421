import pc from 'picocolors'
import { DatabaseStartError } from '../../packages/local-cloud/database/start-database.ts'
import { MigrationError } from '../system/apply-migrations.ts'
import { BundleError } from '../system/bundle-worker.ts'
import { PortInUseError } from './assert-port-free.ts'

/** What went wrong at the start, for a person; a stack only where nobody foresaw it. */
export function explainFailure(error: unknown): string {
  const headline = pc.red('✗ Margwa did not start')
  const foreseen = [DatabaseStartError, MigrationError, BundleError, PortInUseError].some(
    (kind) => error instanceof kind,
  )
  if (error instanceof Error && foreseen) return `\n${headline}\n\n${error.message}\n`
  return `\n${headline}\n\n${error instanceof Error ? error.stack : String(error)}\n`
}
