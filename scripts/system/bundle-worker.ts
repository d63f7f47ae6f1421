import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { projectPath } from './project.ts'

const run = promisify(execFile)

/** What wrangler says of a bundle that does not build. */
export class BundleError extends Error {
  override readonly name = 'BundleError'
}

/**
 * Bundles the Worker with wrangler, exactly as a deployment would: what runs here is what would be uploaded.
 * @param config the file that says what to bundle; its main file is called `index.ts`
 * @returns the path of the bundle
 */
export async function bundleWorker(outDir = 'dist/worker', config = 'wrangler.toml'): Promise<string> {
  const wrangler = projectPath('node_modules/wrangler/bin/wrangler.js')
  const args = [
    wrangler,
    'deploy',
    '--dry-run',
    '--config',
    projectPath(config),
    '--outdir',
    projectPath(outDir),
  ]
  try {
    await run(process.execPath, args, {
      cwd: projectPath('.'),
      env: { ...process.env, WRANGLER_SEND_METRICS: 'false', CI: 'true' },
    })
  } catch (error) {
    const output =
      typeof error === 'object' && error && 'stderr' in error ? String(error.stderr) : String(error)
    throw new BundleError(output.trim())
  }
  return projectPath(`${outDir}/index.js`)
}
