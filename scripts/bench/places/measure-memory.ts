import { openGazetteer } from '#packages/places/gazetteer/open-gazetteer.ts'

/** Run by Node with --expose-gc, since it has workerd's V8: writes the bytes of the heap that the gazetteer takes. */
function heap(): number {
  globalThis.gc?.()
  globalThis.gc?.()
  return process.memoryUsage().heapUsed
}

const before = heap()
const gazetteer = openGazetteer()
gazetteer.find('bengaluru', { limit: 5 })
const spelled = heap() - before
gazetteer.find('मुंबई', { limit: 5 })
const sounded = heap() - before
console.log(JSON.stringify({ spelled, sounded }))
