import { posix } from 'node:path'
import type { Source } from './read-sources.ts'

const FENCED = /^```.*?^```/gms
const INLINE_CODE = /`([^`\n]+)`/g
const LINK = /\]\((?!\w+:|#)([^)#\s]+)/g
const FILE = /\.(ts|js|md|sql|toml|json|html|css|yml)$/
const PATH = /^[\w.@*-]+(\/[\w.@*-]+)+\/?$/

export interface Tree {
  /** The folders at the root of the project that are committed: what starts with one of them claims to be a path. */
  topFolders: readonly string[]
  /** Whether anything has this path, relative to the root; it may hold `*`. */
  exists(path: string): boolean
}

/** Paths that documents name, in backticks or as links, and that are not there. Fenced blocks are for commands. */
export function checkDocPaths(documents: readonly Source[], tree: Tree): string[] {
  return documents.flatMap(({ path, text }) => {
    const prose = text.replaceAll(FENCED, (block) => block.replaceAll(/[^\n]/g, ''))
    const named = [...prose.matchAll(INLINE_CODE)].map(({ 1: code = '', index }) => ({
      target: claimedPath(code, tree),
      index,
    }))
    const linked = [...prose.matchAll(LINK)].map(({ 1: link = '', index }) => ({
      target: posix.join(posix.dirname(path), link),
      index,
    }))
    return [...named, ...linked].flatMap(({ target, index }) => {
      if (target === undefined || tree.exists(target)) return []
      return [`${path}:${prose.slice(0, index).split('\n').length} names ${target}, which does not exist`]
    })
  })
}

/** The path that a piece of code claims to be, without a line number; undefined where it is something else. */
function claimedPath(code: string, { topFolders }: Tree): string | undefined {
  const path = code.replace(/:\d+$/, '')
  if (!PATH.test(path)) return undefined
  const isOurs = topFolders.includes(path.split('/')[0] ?? '')
  return isOurs || FILE.test(path) ? path.replace(/\/$/, '') : undefined
}
