import { readFileSync } from 'node:fs'
import { sharpPictures } from '../../../workers/deno/sharp-pictures.ts'
import { runCase } from './run-case.ts'

/** Run by Deno and by Node: sharp in the process that serves. */
const picture = new Uint8Array(readFileSync(process.argv[2] ?? ''))
const pictures = sharpPictures()
await runCase(() => pictures.makeAvatars(picture))
