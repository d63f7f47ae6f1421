import { writeFileSync } from 'node:fs'
import { encodeGazetteer } from './gazetteer/encode-gazetteer.ts'
import { projectPath } from './system/project.ts'

export const GAZETTEER_FILE = 'packages/places/gazetteer/gazetteer.json'

/** The file's text: always the same for the same data. */
export const gazetteerText = (): string => `${JSON.stringify(encodeGazetteer(), null, 2)}\n`

if (import.meta.main) {
  const text = gazetteerText()
  writeFileSync(projectPath(GAZETTEER_FILE), text)
  console.log(`${GAZETTEER_FILE}: ${text.length} bytes`)
}
