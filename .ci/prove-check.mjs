// `node .ci/prove-check.mjs`: proves that `pnpm check` sees what it should. In a copy of the last commit it plants one
// violation after the other, runs the part of the check that guards it, and expects a failure that names the rule.
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { plants } from './plants.mjs'

const copy = mkdtempSync(join(tmpdir(), 'kickstartmyai-check-'))
const pnpm = (...args) => spawnSync('pnpm', args, { cwd: copy, encoding: 'utf8', shell: process.platform === 'win32' })
const git = (...args) => execFileSync('git', args, { cwd: copy, encoding: 'utf8' })

/** Runs one part and gives what it printed, and whether it passed. */
function check(part) {
  const { status, stdout, stderr } = pnpm('run', part === 'types' ? 'typecheck' : `check:${part}`)
  return { passed: status === 0, printed: stdout + stderr }
}

let wrong = 0
function report(ok, line, printed) {
  console.log(`${ok ? 'ok   ' : 'WRONG'} ${line}`)
  if (!ok) {
    wrong += 1
    console.log(printed)
  }
}

try {
  git('clone', '--quiet', process.cwd(), copy)
  pnpm('install', '--frozen-lockfile', '--prefer-offline')
  for (const part of new Set(plants.map((plant) => plant.part))) {
    const { passed, printed } = check(part)
    report(passed, `${part}: passes as committed`, printed)
  }
  for (const { violation, part, says, files } of plants) {
    for (const [path, content] of Object.entries(files)) {
      const file = join(copy, path)
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, typeof content === 'function' ? content(readFileSync(file, 'utf8')) : content)
    }
    const { passed, printed } = check(part)
    report(!passed && printed.includes(says), `${part}: ${violation} fails with ${says}`, printed)
    git('checkout', '--quiet', '.')
    git('clean', '--quiet', '-fd', 'packages', 'apps')
  }
} finally {
  rmSync(copy, { recursive: true, force: true })
}
console.log(wrong === 0 ? `All ${plants.length} violations were seen.` : `${wrong} lines are wrong.`)
process.exitCode = wrong === 0 ? 0 : 1
