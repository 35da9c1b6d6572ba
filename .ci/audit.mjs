// `pnpm audit` for what goes into production. Known holes of high severity fail; a registry that answers no audits does not,
// except where AUDIT_REQUIRED says that it must (as in GitHub's CI), but is told.
import { spawnSync } from 'node:child_process'

const { stdout, stderr } = spawnSync('npx', ['-y', 'pnpm@12', 'audit', '--prod', '--audit-level=high', '--json'], {
  encoding: 'utf8',
  shell: process.platform === 'win32',
})

let report
try {
  report = JSON.parse(stdout.slice(stdout.indexOf('{')))
} catch {
  report = {}
}
const counts = report.metadata?.vulnerabilities
if (!counts) {
  const required = Boolean(process.env['AUDIT_REQUIRED'])
  console.log('The dependencies could not be audited: the registry gave no answer to that.')
  if (required) console.log(stderr)
  process.exitCode = required ? 1 : 0
} else {
  console.log(`Known holes in the dependencies: ${JSON.stringify(counts)}`)
  for (const { module_name: name, severity, title, url } of Object.values(report.advisories ?? {})) {
    console.log(`  ${severity}: ${name}: ${title} ${url}`)
  }
  process.exitCode = (counts.high ?? 0) + (counts.critical ?? 0) > 0 ? 1 : 0
}
