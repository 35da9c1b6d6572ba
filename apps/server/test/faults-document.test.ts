import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { failPoints } from '@kickstartmyai/domain'
import { expect, test } from 'vitest'
import { scenarios } from '../faults/scenarios/index.ts'

const document = readFileSync(join(import.meta.dirname, '../../../docs/FAULTS.md'), 'utf8')

/** The cells of the lines of a section's table, however the formatter has aligned it. */
function table(heading: string): string[][] {
  const [, section = ''] = document.split(`\n## ${heading}\n`)
  const lines = section.split('\n## ')[0]!.split('\n')
  const rows = lines.filter((line) => line.startsWith('|')).slice(2)
  return rows.map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  )
}

test('the scenarios in the document are those of the suite', () => {
  // When this fails, put what is expected into the document.
  expect(table('Scenarios')).toEqual(
    scenarios.map(({ name, survives, trials }) => [`\`${name}\``, survives, `${trials.quick}`, `${trials.full}`]),
  )
})

test('the fail-points in the document are those of the code', () => {
  const told = table('Fail-points').flatMap(([name = '']) => {
    const boundary = name.replaceAll('`', '')
    return [`${boundary}.before`, `${boundary}.after`]
  })
  expect(told).toEqual(failPoints)
})
