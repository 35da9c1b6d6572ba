import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { SMTPServer } from 'smtp-server'
import { expect, test, vi } from 'vitest'
import { createSmtpMailer } from '../src/smtp-mailer.ts'
import { newPerson } from './person.ts'
import { startTestServer } from './test-server.ts'

interface Delivered {
  to: string[]
  raw: string
}

const patient = { timeout: 60_000, interval: 100 }

test('mails go to the SMTP server, and are kept nowhere else', async () => {
  await using smtp = await startSmtp()
  await using server = await startTestServer({ SMTP_URL: smtp.url, MAIL_FROM: 'Agents <agents@example.com>' })
  const person = await newPerson(server.url)
  const { email } = (await person.call('GET', '/auth/me')).body
  await vi.waitFor(() => expect(smtp.delivered.map(({ to }) => to)).toEqual([[email]]), patient)
  const [{ raw } = { raw: '' }] = smtp.delivered
  expect(raw).toContain('From: Agents <agents@example.com>')
  const token = /verify-email\?token=3D([\w-]+)|verify-email\?token=([\w-]+)/.exec(raw.replaceAll('=\r\n', ''))
  expect((await person.call('POST', '/auth/email/verify', { token: token?.[1] ?? token?.[2] })).status).toBe(204)
  expect((await person.call('GET', '/auth/me')).body.emailVerified).toBe(true)
  expect(await server.db.selectFrom('outbox_mails').selectAll().execute()).toEqual([])
})

test('a mail that the SMTP server puts off is sent again, as one mail', async () => {
  await using smtp = await startSmtp()
  smtp.putsOff = 1
  await using server = await startTestServer({ SMTP_URL: smtp.url, MAIL_FROM: 'agents@example.com' })
  await newPerson(server.url)
  await vi.waitFor(() => expect(smtp.delivered).toHaveLength(1), patient)
  expect(smtp.refused).toBe(1)
}, 90_000)

test('nobody’s address or words become another header or another reader', async () => {
  await using smtp = await startSmtp()
  const mailer = createSmtpMailer({ url: smtp.url, from: 'agents@example.com' })
  const evil = 'ada@example.com\r\nBcc: eve@evil.example'
  const signal = new AbortController().signal
  const mail = { to: 'ada@example.com', userId: null, subject: evil, text: 'Hello', html: '<p>Hello</p>' }
  await mailer.send(mail, signal)
  await mailer.send({ ...mail, to: evil, subject: 'Hello' }, signal).catch(() => {})
  await mailer.send({ ...mail, to: 'ada@example.com, eve@evil.example', subject: 'Hello' }, signal).catch(() => {})
  expect(smtp.delivered.flatMap(({ to }) => to)).not.toContain('eve@evil.example')
  for (const { raw } of smtp.delivered) expect(raw).not.toMatch(/^Bcc:/im)
})

test('in production nobody reads mails at a page', async () => {
  await using server = await startTestServer({ NODE_ENV: 'production' })
  for (const path of ['/dev/outbox', '/dev/outbox.json']) {
    const response = await fetch(server.url + path)
    expect(await response.text(), path).not.toContain('Outbox')
    expect(response.headers.get('content-type') ?? '', path).not.toContain('html')
  }
})

test('a link in a mail is made of the server’s own address, whatever host a request names', async () => {
  await using smtp = await startSmtp()
  await using server = await startTestServer({ SMTP_URL: smtp.url, MAIL_FROM: 'agents@example.com' })
  const headers = { host: 'evil.example', 'content-type': 'application/json' }
  const asked = request(`${server.url}/api/v1/auth/register`, { method: 'POST', headers })
  asked.end(JSON.stringify({ email: 'eve@example.com', password: 'a long password' }))
  const [response] = (await once(asked, 'response')) as [IncomingMessage]
  await text(response)
  await newPerson(server.url)
  await vi.waitFor(() => expect(smtp.delivered.length).toBeGreaterThan(0), patient)
  for (const { raw } of smtp.delivered) {
    expect(raw.replaceAll('=\r\n', '')).toContain(`${server.url}/verify-email`)
    expect(raw).not.toContain('evil.example')
  }
})

interface Smtp extends AsyncDisposable {
  url: string
  delivered: Delivered[]
  /** How many mails it refuses for now before it takes any. */
  putsOff: number
  refused: number
}

async function startSmtp(): Promise<Smtp> {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData(stream, session, done) {
      const to = session.envelope.rcptTo.map(({ address }) => address)
      let raw = ''
      stream.setEncoding('utf8')
      stream.on('data', (piece: string) => (raw += piece))
      stream.on('end', () => {
        if (smtp.putsOff > smtp.refused) {
          smtp.refused += 1
          return done(Object.assign(new Error('Come back later'), { responseCode: 451 }))
        }
        smtp.delivered.push({ to, raw })
        done()
      })
    },
  })
  server.on('error', () => {})
  const listening = server.listen(0, '127.0.0.1')
  await once(listening, 'listening')
  const smtp: Smtp = {
    url: `smtp://127.0.0.1:${(listening.address() as AddressInfo).port}`,
    delivered: [],
    putsOff: 0,
    refused: 0,
    async [Symbol.asyncDispose]() {
      await new Promise<void>((resolve) => server.close(resolve))
    },
  }
  return smtp
}
