// Versions are named once, exactly, in the catalog of pnpm-workspace.yaml: `catalogMode: strict` guards `pnpm add`,
// this guards what is written by hand.
import { globSync, readFileSync } from 'node:fs'

const DEPENDENCY_FIELDS = ['dependencies', 'devDependencies', 'optionalDependencies']
const problems = []

for (const file of globSync(['package.json', 'apps/*/package.json', 'packages/*/package.json'])) {
  const manifest = JSON.parse(readFileSync(file, 'utf8'))
  for (const field of DEPENDENCY_FIELDS)
    for (const [name, version] of Object.entries(manifest[field] ?? {}))
      if (version !== 'catalog:' && version !== 'workspace:*')
        problems.push(`${file}: ${field}.${name} is "${version}"; use "catalog:" or "workspace:*"`)
}

const catalog = /^catalog:\n((?:[ #].*\n)*)/m.exec(readFileSync('pnpm-workspace.yaml', 'utf8'))?.[1] ?? ''
const entries = [...catalog.matchAll(/^ {2}'?([^#'\s][^':]*)'?: (.+)$/gm)]
if (entries.length === 0) problems.push('pnpm-workspace.yaml: no catalog found')
for (const [, name, version] of entries)
  if (!/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))
    problems.push(`pnpm-workspace.yaml: catalog entry ${name} is "${version}"; name one exact version`)

for (const problem of problems) console.error(problem)
process.exitCode = problems.length > 0 ? 1 : 0
