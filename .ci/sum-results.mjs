// node .ci/sum-results.mjs FOLDER: adds up what .ci/run left there, NAME.part for each part ("passed" or "failed") and
// NAME.json, vitest's report, for those that run tests. Prints "N passed, N failed" and exits 1 when anything failed.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const folder = process.argv[2] ?? '.'
let passed = 0
let failed = 0

for (const file of readdirSync(folder).filter((name) => name.endsWith('.part'))) {
  const part = file.slice(0, -'.part'.length)
  const ok = readFileSync(join(folder, file), 'utf8').trim() === 'passed'
  const report = join(folder, `${part}.json`)
  const tests = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : { numPassedTests: 0, numFailedTests: 0 }
  passed += tests.numPassedTests
  failed += tests.numFailedTests
  // A part is one more thing that can fail: its build, a file that does not load, an unhandled rejection.
  if (ok) passed += 1
  else failed += Math.max(0, 1 - tests.numFailedTests)
  console.log(`${part}: ${ok ? 'passed' : 'FAILED'}`)
}

if (passed + failed === 0) failed = 1
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
