import { cpSync, mkdirSync } from 'node:fs'
import { projectPath } from './system/project.ts'

const SWAGGER_FILES = ['swagger-ui.css', 'swagger-ui-bundle.js']

/** Fills dist/assets with the API reference: our page, and the reader it uses, from its package. */
export function buildAssets(): void {
  const target = projectPath('dist/assets/docs')
  mkdirSync(target, { recursive: true })
  cpSync(projectPath('docs/reference'), target, { recursive: true })
  cpSync(projectPath('docs/reference/_headers'), projectPath('dist/assets/_headers'))
  for (const file of SWAGGER_FILES)
    cpSync(projectPath(`node_modules/swagger-ui-dist/${file}`), `${target}/${file}`)
}

if (import.meta.main) buildAssets()
