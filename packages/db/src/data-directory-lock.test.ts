import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { DataDirectoryInUse, lockDataDirectory } from './data-directory-lock.ts'

let directory: string
beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'kickstartmyai-lock-'))))
afterEach(() => rmSync(directory, { recursive: true, force: true }))

test('a directory is locked until it is let go', () => {
  const unlock = lockDataDirectory(directory)
  expect(() => lockDataDirectory(directory)).toThrow(DataDirectoryInUse)
  unlock()
  lockDataDirectory(directory)()
})

test('a process that was killed leaves no lock behind', async () => {
  const module = join(import.meta.dirname, 'data-directory-lock.ts')
  const script = `import { lockDataDirectory } from ${JSON.stringify(module)}
    lockDataDirectory(${JSON.stringify(directory)}); console.log('locked'); setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(child.stdout, 'data')
  expect(() => lockDataDirectory(directory)).toThrow(`pid ${child.pid}`)
  child.kill('SIGKILL')
  await once(child, 'exit')
  lockDataDirectory(directory)()
})
