// Run as a process: unpacks the archives in the folder given as argument into TMPDIR.
import { join } from 'node:path'
import { inflate } from '@sparticuz/chromium'

const [, , archives = ''] = process.argv
await Promise.all(
  ['chromium.br', 'fonts.tar.br', 'swiftshader.tar.br', 'al2023.tar.br'].map((name) => inflate(join(archives, name))),
)
