import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test, vi } from 'vitest'
import { openNotifyChannel } from './notify-channel.ts'
import { createPostgresTestDatabase } from './testing/postgres-test-database.ts'
import { testServerUrl } from './testing/test-database.ts'

test.skipIf(testServerUrl() === undefined)(
  'what one process says all hear, also after their connections were cut',
  async () => {
    const database = await createPostgresTestDatabase(testServerUrl() ?? '')
    const errors: unknown[] = []
    const heard: string[] = []
    let gaps = 0
    const open = () => openNotifyChannel({ url: database.url, onError: (error) => errors.push(error) })
    const [speaker, hearer] = [open(), open()]
    hearer.listen(
      (message) => heard.push(message),
      () => (gaps += 1),
    )
    const say = (message: string) =>
      vi.waitFor(
        async () => {
          speaker.send(message)
          await sleep(50)
          expect(heard).toContain(message)
        },
        { timeout: 10_000 },
      )
    await say('hello')
    const before = gaps

    const cut = await database.db
      .selectFrom('pg_stat_activity' as never)
      .select(({ fn, ref }) => fn<boolean>('pg_terminate_backend', [ref('pid' as never)]).as('cut'))
      .where('application_name' as never, '=', 'kickstartmyai listen' as never)
      .where('datname' as never, '=', new URL(database.url).pathname.slice(1) as never)
      .execute()
    expect(cut).toHaveLength(2)
    await say('hello again')
    expect(gaps).toBeGreaterThan(before)
    expect(errors.length).toBeGreaterThan(0)

    await Promise.all([speaker.close(), hearer.close()])
    await database.close()
  },
)
