/** A thread that was running at an instant. */
export interface Sample {
  thread: string
  /** The functions that it was in, the innermost first. */
  frames: string[]
}

const ADDRESS = /^[0-9a-f]+ /

/** Reads what `perf script -F comm,ip,sym` writes: a line with the thread, one for each frame, an empty one. */
export async function* readStacks(lines: AsyncIterable<string>): AsyncGenerator<Sample> {
  let sample: Sample | null = null
  for await (const line of lines) {
    const text = line.trim()
    if (text === '') {
      if (sample) yield sample
      sample = null
    } else if (sample) sample.frames.push(text.replace(ADDRESS, ''))
    else sample = { thread: text, frames: [] }
  }
  if (sample) yield sample
}
