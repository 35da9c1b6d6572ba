import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { randomBytes } from 'node:crypto'
import { startModelServer } from '@kickstartmyai/ai/testing'
import { createPostgresTestDatabase } from '@kickstartmyai/db/testing'
import { appRouter } from '@kickstartmyai/api'
import { expect, test } from 'vitest'
import { codeOf } from './authenticator.ts'
import { asPerson, newPerson, type Person } from './person.ts'
import { type ServerProcess, startProcess } from './server-process.ts'

const newSecret = (name: string) => `${name}-${randomBytes(12).toString('hex')}`

/** A server that logs all that it can, and every secret that it was told. */
async function createWorld() {
  await using stack = new AsyncDisposableStack()
  const secrets = new Set<string>()
  const secret = (name: string) => {
    const value = newSecret(name)
    secrets.add(value)
    return value
  }
  const models = stack.use(await startModelServer())
  const dataDir = mkdtempSync(join(tmpdir(), 'kickstartmyai-log-'))
  stack.defer(() => rmSync(dataDir, { recursive: true, force: true }))
  const env: NodeJS.ProcessEnv = {
    LOG_LEVEL: 'trace',
    DATA_DIR: dataDir,
    AUTH_SECRET: secret('auth-secret-long-enough-for-any'),
    SETUP_TOKEN: secret('set-up-token-long-enough-for-any'),
    OPENAI_API_KEY: secret('sk-operator'),
    OPENAI_BASE_URL: `${models.url}/v1`,
    ANTHROPIC_API_KEY: secret('sk-ant-operator'),
    ANTHROPIC_BASE_URL: models.url,
    SMTP_URL: `smtp://mail:${secret('smtp-password')}@127.0.0.1:9`,
    MAIL_FROM: 'agents@example.com',
  }
  const serverUrl = process.env['TEST_DATABASE_URL']
  if (serverUrl) {
    const database = await createPostgresTestDatabase(serverUrl)
    stack.defer(() => database.close())
    const url = new URL(database.url)
    // A server that trusts whoever comes from here takes any password.
    if (url.password === '') url.password = newSecret('database-password')
    secrets.add(url.password)
    env['DATABASE_URL'] = url.href
    env['MIGRATE_ON_START'] = '1'
  }
  const servers: ServerProcess[] = []
  const start = async () => {
    const server = await startProcess(env)
    servers.push(server)
    owned.defer(() => server.stop('SIGKILL').then(() => {}))
    return server
  }
  const output = () => servers.map((server) => server.output()).join('\n')
  const owned = stack.move()
  return { secret, secrets, start, output, [Symbol.asyncDispose]: () => owned.disposeAsync() }
}

type World = Awaited<ReturnType<typeof createWorld>>

/** A person whose every secret is one of the world's. */
async function aPerson(world: World, url: string): Promise<Person & { email: string; password: string }> {
  const anyone = asPerson(url, world.secret('no-token'))
  const account = { email: `${crypto.randomUUID()}@example.com`, password: world.secret('password') }
  const { body } = await anyone.call('POST', '/auth/register', account)
  for (const token of [body.accessToken, body.refreshToken]) world.secrets.add(token)
  return { ...asPerson(url, body.accessToken, body.refreshToken), ...account }
}

/** Every door of accounts, with good and bad secrets. */
async function signIn(world: World, url: string): Promise<void> {
  const person = await aPerson(world, url)
  const { email, password } = person
  await person.call('POST', '/auth/register', { email, password })
  await person.call('POST', '/auth/login', { email, password: world.secret('wrong-password') })
  await person.call('POST', '/auth/login', { email, password, role: world.secret('extra') })
  await person.call('POST', '/auth/login', `{"email":"${email}","password":"${world.secret('broken-body')}"`)
  await person.call('POST', `/auth/login?password=${world.secret('in-query')}`, { email, password })
  await person.call('POST', '/auth/password-reset/request', { email })
  await person.call('POST', '/auth/password-reset/confirm', {
    token: world.secret('reset-token'),
    newPassword: world.secret('new-password'),
  })
  await person.call('POST', '/auth/email/verify', { token: world.secret('verify-token') })
  const totp = (await person.call('POST', '/auth/totp/begin', { password })).body
  world.secrets.add(totp.secret)
  await person.call('POST', '/auth/totp/confirm', { totp: world.secret('wrong-code').slice(0, 20) })
  const confirmed = await person.call('POST', '/auth/totp/confirm', { totp: codeOf(totp.secret) })
  expect(confirmed.body.recoveryCodes).toHaveLength(10)
  for (const code of confirmed.body.recoveryCodes) world.secrets.add(code)
  await person.call('POST', '/auth/login', { email, password, recoveryCode: confirmed.body.recoveryCodes[0] })
  await person.call('POST', '/auth/password/change', {
    currentPassword: password,
    newPassword: world.secret('changed-password'),
  })
  await person.call('POST', '/auth/refresh', { refreshToken: world.secret('no-refresh-token') })
  const refreshed = await person.call('POST', '/auth/refresh', { refreshToken: person.refreshToken })
  for (const token of [refreshed.body.accessToken, refreshed.body.refreshToken]) if (token) world.secrets.add(token)
  await fetch(`${url}/api/v1/auth/me`, { headers: { cookie: `refresh=${world.secret('cookie')}` } })
  await fetch(`${url}/api/v1/auth/me?access_token=${world.secret('query-token')}`)
  await person.call('POST', '/auth/logout', { refreshToken: person.refreshToken })
}

/** Keys of both kinds, and vendors that refuse and quote them. */
async function useKeys(world: World, url: string): Promise<void> {
  const person = await aPerson(world, url)
  const made = await person.call('POST', '/api-keys', { name: 'Key', scopes: ['*'] })
  expect(made.status).toBe(201)
  world.secrets.add(made.body.key)
  await asPerson(url, made.body.key).call('GET', '/agents')
  await asPerson(url, world.secret('kai_wrong')).call('GET', '/agents')
  for (const provider of ['openai', 'anthropic']) {
    const agent = await person.call('POST', '/agents', { name: 'Agent', provider })
    for (const key of [null, world.secret('sk-own'), `${world.secret('sk-own')} with spaces`]) {
      if (key) await person.call('PUT', `/provider-keys/${provider}`, { apiKey: key })
      for (const directive of ['', '[[status 401]]', '[[status 400]]', '[[cut 3]]', '[[error-event 2]]']) {
        const conversation = await person.call('POST', '/conversations', { agentId: agent.body.id })
        const path = `/conversations/${conversation.body.id}/messages`
        const sent = await person.call('POST', path, { content: `Hello ${directive}` })
        await person.follow(sent.body.execution.id)
      }
    }
  }
}

/** Every procedure there is, over tRPC, with a body that is full of secrets and fits nowhere. */
async function callEverything(world: World, url: string): Promise<void> {
  const { accessToken } = await aPerson(world, url)
  const hidden = () => world.secret('in-a-body')
  for (const name of Object.keys(appRouter._def.procedures)) {
    const body = {
      apiKey: hidden(),
      password: hidden(),
      token: hidden(),
      totp: hidden(),
      provider: hidden(),
      id: hidden(),
    }
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${accessToken}` }
    for (const authorization of [headers.authorization, `Bearer ${hidden()}`]) {
      const sent = { method: 'POST', headers: { ...headers, authorization }, body: JSON.stringify(body) }
      const answer = await fetch(`${url}/trpc/${name}`, { ...sent, signal: AbortSignal.timeout(20_000) })
      await answer.text()
    }
  }
}

test('no secret is in anything that the server writes, whatever goes wrong', { timeout: 240_000 }, async () => {
  await using world = await createWorld()
  const first = await world.start()
  await signIn(world, first.url)
  await useKeys(world, first.url)
  await callEverything(world, first.url)
  // Killed in mid-answer, and taken up by another.
  const person = await aPerson(world, first.url)
  const conversation = await person.call('POST', '/conversations', {})
  const content = '[[tokens 200]] [[pace 10]]'
  const sent = await person.call('POST', `/conversations/${conversation.body.id}/messages`, { content })
  await person.follow(sent.body.execution.id, { until: ({ event }) => event === 'text.delta' })
  await first.stop('SIGKILL')
  const second = await world.start()
  await asPerson(second.url, person.accessToken).follow(sent.body.execution.id)
  await newPerson(second.url)
  await second.stop('SIGTERM')

  const output = world.output()
  // It did log: there is something to look through.
  expect(output.split('\n').filter((line) => line.includes('"requestId"')).length).toBeGreaterThan(100)
  expect([...world.secrets].filter((secret) => output.includes(secret))).toEqual([])
})
