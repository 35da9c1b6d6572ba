import type { Agent, AuthSession, Execution } from '@kickstartmyai/contract'
import { describe, expectTypeOf, test } from 'vitest'
import { createClient } from './index.ts'

const api = createClient({ url: 'http://localhost' })

describe('the types of a client', () => {
  test('know what a call takes and gives', () => {
    expectTypeOf(api.auth.login).parameter(0).toEqualTypeOf<{
      email: string
      password: string
      totp?: string | undefined
      recoveryCode?: string | undefined
    }>()
    expectTypeOf(api.auth.login).returns.resolves.toExtend<AuthSession>()
    expectTypeOf(api.agents.create).returns.resolves.toEqualTypeOf<Agent>()
    expectTypeOf(api.executions.get).returns.resolves.toEqualTypeOf<Execution>()
    expectTypeOf(api.agents.list).toBeCallableWith({ limit: 5 })
    // @ts-expect-error -- a limit is a number
    expectTypeOf(api.agents.list).toBeCallableWith({ limit: {} })
    expectTypeOf(api.executions.get).parameter(0).toEqualTypeOf<{ executionId: string }>()
  })
  test('let an input without required fields be left out, and no other', () => {
    expectTypeOf(api.agents.list).toBeCallableWith()
    expectTypeOf(api.auth.me).toBeCallableWith()
    expectTypeOf(api.auth.me).toBeCallableWith(undefined, { signal: new AbortController().signal })
    // @ts-expect-error -- which execution?
    expectTypeOf(api.executions.get).toBeCallableWith()
  })
})
