import { bundleWorker } from './bundle-worker.ts'
import { projectPath } from './project.ts'
import { runDeno } from './run-deno.ts'
import { type RunningWorker, runWorker, type WorkerOptions } from './run-worker.ts'

export type Runtime = 'workerd' | 'deno'

interface RuntimeSteps {
  /** Makes what is to run; returns its path. */
  build(): Promise<string>
  run(options: WorkerOptions): Promise<RunningWorker>
}

/** Where the application can run on this machine. */
export const runtimes: Record<Runtime, RuntimeSteps> = {
  workerd: { build: () => bundleWorker(), run: runWorker },
  deno: { build: async () => projectPath('workers/deno.ts'), run: runDeno },
}
