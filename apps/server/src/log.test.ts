import { expect, test } from 'vitest'
import { createLogger } from './log.ts'

function listening() {
  const lines: string[] = []
  return { lines, log: createLogger('trace', { write: (line) => void lines.push(line) }) }
}

test('what is called as a secret is not written, however deep it stands', () => {
  const { lines, log } = listening()
  const secrets = { password: 'hidden', token: 'hidden', apiKey: 'hidden', 'set-cookie': 'hidden', totp: 'hidden' }
  log.info(secrets, 'at the top')
  log.info({ input: secrets }, 'in a field')
  log.info({ request: { headers: { authorization: 'Bearer hidden', cookie: 'hidden' } } }, 'in a header')
  log.error(
    { err: Object.assign(new Error('broken'), { config: { headers: { authorization: 'hidden' } } }) },
    'in an error',
  )
  expect(lines).toHaveLength(4)
  expect(lines.join('')).not.toContain('hidden')
  expect(lines.join('')).toContain('broken')
})

test('what is no secret is written', () => {
  const { lines, log } = listening()
  log.info({ keyId: 'a', route: '/api-keys/{apiKeyId}', userId: 'u' }, 'request')
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ keyId: 'a', route: '/api-keys/{apiKeyId}', userId: 'u' })
})
