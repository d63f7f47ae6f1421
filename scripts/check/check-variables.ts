const ASSIGNMENT = /^([A-Z][A-Z0-9_]*)=/

/** Compares `.dev.vars.example` with the variables that the Worker reads: the same names, each once, each explained. */
export function checkVariables(example: string, names: readonly string[]): string[] {
  const lines = example.split('\n')
  const found = lines.flatMap((line, index) => {
    const name = ASSIGNMENT.exec(line)?.[1]
    return name === undefined ? [] : [{ name, explained: lines[index - 1]?.startsWith('# ') === true }]
  })
  const written = found.map(({ name }) => name)
  return [
    ...names.filter((name) => !written.includes(name)).map((name) => `${name} is read, but not in the example`),
    ...written
      .filter((name) => !names.includes(name))
      .map((name) => `${name} is in the example, but nothing reads it`),
    ...written.filter((name, index) => written.indexOf(name) !== index).map((name) => `${name} is there twice`),
    ...found.filter(({ explained }) => !explained).map(({ name }) => `${name} has no line that explains it`),
  ]
}
