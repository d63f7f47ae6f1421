/**
 * The cycles of a graph, each as the shortest way round from one of its nodes back to itself. Cycles that share all
 * their nodes with one already found are left out.
 */
export function findCycles(graph: ReadonlyMap<string, ReadonlySet<string>>): string[][] {
  const cycles: string[][] = []
  const inCycle = new Set<string>()
  for (const start of [...graph.keys()].toSorted()) {
    const cycle = inCycle.has(start) ? undefined : shortestWayBack(graph, start)
    if (!cycle) continue
    cycles.push(cycle)
    for (const node of cycle) inCycle.add(node)
  }
  return cycles
}

function shortestWayBack(graph: ReadonlyMap<string, ReadonlySet<string>>, start: string): string[] | undefined {
  const cameFrom = new Map<string, string>()
  const queue = [start]
  for (const node of queue) {
    for (const next of graph.get(node) ?? []) {
      if (next === start) return wayTo(node, start, cameFrom)
      if (cameFrom.has(next)) continue
      cameFrom.set(next, node)
      queue.push(next)
    }
  }
  return undefined
}

/** From `start` to `end` and round to `start` again. */
function wayTo(end: string, start: string, cameFrom: ReadonlyMap<string, string>): string[] {
  const way = [start]
  for (let node = end; node !== start; node = cameFrom.get(node) ?? start) way.unshift(node)
  return [start, ...way]
}
