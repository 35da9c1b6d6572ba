import { expect, test } from 'vitest'
import { tokenFor } from './mailbox.ts'
import { newPerson } from './person.ts'
import { startTestServer } from './test-server.ts'

test('tokens that are no text are refused, links are made from no header, and only this machine reads the outbox', async () => {
  await using server = await startTestServer()
  const person = await newPerson(server.url)
  const { email } = (await person.call('GET', '/auth/me')).body
  const forged = { host: 'evil.example', 'x-forwarded-host': 'evil.example', forwarded: 'host=evil.example' }
  expect((await person.call('POST', '/auth/password-reset/request', { email }, forged)).status).toBe(202)
  const token = await tokenFor(server.url, email, '/reset-password')
  const outbox = await fetch(`${server.url}/dev/outbox.json`)
  expect(await outbox.text()).not.toContain('evil.example')
  expect((await fetch(`${server.url}/dev/outbox.json`, { headers: { 'x-forwarded-for': '203.0.113.9' } })).status).toBe(
    404,
  )
  const newPassword = 'another long password'
  for (const bad of [null, [token], { token }, 0, true, undefined, '', `${token}x`]) {
    const answer = await person.call('POST', '/auth/password-reset/confirm', { token: bad, newPassword })
    expect(answer.status, JSON.stringify(bad)).toBe(400)
  }
  expect((await person.call('GET', '/auth/me')).status).toBe(200)
  expect((await person.call('POST', '/auth/password-reset/confirm', { token, newPassword })).status).toBe(204)
  expect((await person.call('GET', '/auth/me')).status).toBe(401)
})

test('a session that was ended is refused at its next request, and nobody ends another’s', async () => {
  await using server = await startTestServer()
  const [ada, eve] = [await newPerson(server.url), await newPerson(server.url)]
  const sessions = (await ada.call('GET', '/auth/sessions')).body.items
  expect(sessions).toMatchObject([{ current: true }])
  expect((await eve.call('DELETE', `/auth/sessions/${sessions[0].id}`)).status).toBe(404)
  expect((await eve.call('GET', '/users')).body.error.code).toBe('FORBIDDEN')
  expect((await ada.call('GET', '/users/me/export')).body.account.totpEnabled).toBe(false)
  expect((await ada.call('DELETE', `/auth/sessions/${sessions[0].id}`)).status).toBe(204)
  expect((await ada.call('GET', '/auth/me')).status).toBe(401)
})
