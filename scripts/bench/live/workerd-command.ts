import { mkdirSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import process from 'node:process'
import { unstable_readConfig } from 'wrangler'
import { z } from 'zod'
import { projectPath } from '../../system/project.ts'
import type { Command } from './run-server.ts'

/** What wrangler bundles for it. */
export const WORKER_CONFIG = 'durable-objects/testing/bench/worker.toml'

const WorkerConfig = z.object({
  compatibility_date: z.string(),
  compatibility_flags: z.array(z.string()),
  durable_objects: z.object({ bindings: z.array(z.object({ name: z.string(), class_name: z.string() })) }),
})

const quoted = (words: readonly string[]) => words.map((word) => JSON.stringify(word)).join(', ')

export interface WorkerdOptions {
  /** Options of V8, as on its command line. */
  v8Flags?: readonly string[]
  /** People have their hubs, instead of one in which nothing happens. */
  hubs?: boolean
}

/**
 * workerd itself, with nothing before it, serving a bundle whose objects keep their storage in a folder.
 * @param folder an empty one, for the configuration and the storage
 */
export function workerdCommand(
  bundle: string,
  folder: string,
  port: number,
  { v8Flags = [], hubs = false }: WorkerdOptions = {},
): Command {
  const config = WorkerConfig.parse(unstable_readConfig({ config: projectPath(WORKER_CONFIG) }))
  const { bindings } = config.durable_objects
  const storage = join(folder, 'objects')
  mkdirSync(storage, { recursive: true })
  const file = join(folder, 'config.capnp')
  writeFileSync(
    file,
    `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  v8Flags = [${quoted(v8Flags)}],
  services = [(name = "main", worker = .worker), (name = "disk", disk = (path = ${quoted([storage])}, writable = true))],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "main")],
);
const worker :Workerd.Worker = (
  modules = [(name = "worker.js", esModule = embed ${quoted([relative(folder, bundle)])})],
  compatibilityDate = ${quoted([config.compatibility_date])},
  compatibilityFlags = [${quoted(config.compatibility_flags)}],
  durableObjectNamespaces = [${bindings.map(({ class_name: name }) => `(className = "${name}", uniqueKey = "${name}", enableSql = true)`).join(', ')}],
  durableObjectStorage = (localDisk = "disk"),
  bindings = [
    ${bindings.map((each) => `(name = "${each.name}", durableObjectNamespace = "${each.class_name}"),`).join(' ')}
    (name = "HUBS", text = "${hubs ? 'real' : 'none'}"),
  ],
);
`,
  )
  const program = projectPath(
    `node_modules/@cloudflare/workerd-linux-${process.arch === 'arm64' ? 'arm64' : '64'}/bin/workerd`,
  )
  return { program, args: ['serve', '--experimental', file] }
}
