/** A place in a distributed trace (W3C Trace Context, level 1). */
export interface TraceContext {
  traceId: string
  spanId: string
  sampled: boolean
}

const TRACEPARENT = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/
const SAMPLED = 0x01

function randomHex(bytes: number): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(bytes)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('')
}

/** Continues the caller's trace with a span of our own; starts a new trace where the header is absent or broken. */
export function continueTrace(traceparent: string | null | undefined): TraceContext {
  const [, traceId = '', parentId = '', flags = ''] = TRACEPARENT.exec(traceparent ?? '') ?? []
  const valid = /[1-9a-f]/.test(traceId) && /[1-9a-f]/.test(parentId)
  return {
    traceId: valid ? traceId : randomHex(16),
    spanId: randomHex(8),
    sampled: valid ? (Number.parseInt(flags, 16) & SAMPLED) === SAMPLED : true,
  }
}

export function formatTraceparent(trace: TraceContext): string {
  return `00-${trace.traceId}-${trace.spanId}-${trace.sampled ? '01' : '00'}`
}
