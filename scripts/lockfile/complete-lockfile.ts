import { z } from 'zod'

const Entry = z.looseObject({ optionalDependencies: z.record(z.string(), z.string()).optional() })

/** package-lock.json, as far as it matters here. */
export const Lockfile = z.looseObject({ packages: z.record(z.string(), Entry) })
export type Lockfile = z.infer<typeof Lockfile>

/** How packages of prebuilt programs name systems and processors, and what npm calls them. */
const SYSTEMS = {
  android: 'android',
  darwin: 'darwin',
  freebsd: 'freebsd',
  linux: 'linux',
  openharmony: 'openharmony',
  win32: 'win32',
  windows: 'win32',
} as const
const PROCESSORS = {
  arm64: 'arm64',
  arm: 'arm',
  ia32: 'ia32',
  ppc64: 'ppc64',
  riscv64: 'riscv64',
  s390x: 's390x',
  x64: 'x64',
  '64': 'x64',
} as const

/** The optional packages that the lock file's packages name but the lock file does not have, as `name@version`. */
export function missingFrom({ packages }: Lockfile): string[] {
  return Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.entries(optionalDependencies)
      .filter(([name]) => !packages[`node_modules/${name}`] && !packages[`${path}/node_modules/${name}`])
      .map(([name, version]) => `${name}@${version}`),
  )
}

/**
 * Adds the missing optional packages. npm leaves out programs for other systems when the registry it asked does not
 * have them, and `npm ci` then refuses the file everywhere. The added entries have no checksum: who installs on such a
 * system gets what the registry has under that exact version.
 */
export function completeLockfile(lockfile: Lockfile): Lockfile {
  const added = missingFrom(lockfile).map((spec): [string, z.infer<typeof Entry>] => {
    const at = spec.lastIndexOf('@')
    const name = spec.slice(0, at)
    return [
      `node_modules/${name}`,
      { version: spec.slice(at + 1), ...platformOf(name), dev: true, optional: true },
    ]
  })
  const sorted = [...Object.entries(lockfile.packages), ...added].toSorted(([a], [b]) => (a < b ? -1 : 1))
  return { ...lockfile, packages: Object.fromEntries(sorted) }
}

/** What a prebuilt package says of itself in its name: `@scope/tool-linux-arm64-musl`. */
function platformOf(name: string): { os: string[]; cpu: string[]; libc?: string[] } {
  const words = name.split('/').at(-1)?.split('-') ?? []
  const system = Object.entries(SYSTEMS).find(([word]) => words.includes(word))?.[1]
  const processor = Object.entries(PROCESSORS).find(([word]) => words.includes(word))?.[1]
  if (!system || !processor)
    throw new RangeError(`${name} does not name its system: run npm install where the registry has it`)
  const libc = system !== 'linux' ? undefined : words.some((word) => word.startsWith('musl')) ? 'musl' : 'glibc'
  return { os: [system], cpu: [processor], ...(libc && { libc: [libc] }) }
}
