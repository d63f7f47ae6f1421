import { spawnSync } from 'node:child_process'
import { buildAssets } from './build-assets.ts'
import { projectPath } from './system/project.ts'

/** `npm run deploy [-- --dry-run]`: builds the API reference and hands everything to wrangler. */
buildAssets()
const wrangler = projectPath('node_modules/wrangler/bin/wrangler.js')
const { status } = spawnSync(process.execPath, [wrangler, 'deploy', ...process.argv.slice(2)], {
  cwd: projectPath('.'),
  stdio: 'inherit',
  env: { ...process.env, WRANGLER_SEND_METRICS: 'false' },
})
process.exitCode = status ?? 1
