import { setTimeout as sleep } from 'node:timers/promises'
import type { Scenario } from '../scenario.ts'
import { aPerson, expectThat, follow, followPlainly, say } from '../trial.ts'
import { until } from '../until.ts'

export const manyTiny: Scenario = {
  name: 'many-tiny',
  survives: 'thousands of tiny executions on two servers: each runs once',
  trials: { quick: 1, full: 3 },
  world: 'own',
  isHeavy: true,
  async run(trial) {
    const { world, random, isFull, ledger } = trial
    const total = isFull ? 2000 : 300
    const urls = world.servers.map(({ url }) => url)
    const people = await Promise.all(Array.from({ length: isFull ? 20 : 6 }, () => aPerson(trial, random.pick(urls))))
    let left = total
    const speak = async (person: (typeof people)[number]) => {
      while (left-- > 0) {
        const url = random.pick(urls)
        const { executionId } = await say(trial, person, person.at(url), '[[tokens 2]]')
        // Who does not wait has at most fifty under way, so that each is followed by somebody, here or there.
        await follow(trial, person.at(random.pick(urls)), executionId)
      }
    }
    await Promise.all(people.flatMap((person) => Array.from({ length: 10 }, () => speak(person))))
    await until('all have ended', async () => {
      const [row] = await world.sql<{ n: number }>(
        `select count(*)::int as n from executions where status = 'completed'`,
      )
      return row?.n === total
    })
    const [again] = await world.sql<{ n: number }>(
      'select count(*)::int as n from executions where epoch <> 1 or attempts <> 1',
    )
    expectThat(trial, `each is taken once, ${again?.n} were not`, again?.n === 0)
    const asked = world.models.requests.length
    expectThat(trial, `the model is asked ${total} times: ${asked}`, asked === total && ledger.sends.length === total)
  },
}

export const stampede: Scenario = {
  name: 'stampede',
  survives: 'a thousand followers that are cut and come back at once, all of them, twice',
  trials: { quick: 1, full: 5 },
  world: 'own',
  isHeavy: true,
  async run(trial) {
    const { world, random, isFull } = trial
    const followers = isFull ? 50 : 13
    const urls = world.servers.map(({ url }) => url)
    const proxy = await world.proxy(urls[0]!)
    proxy.suffering = (count) => {
      proxy.target = Number(new URL(urls[count % urls.length]!).port)
      return {}
    }
    const balanced = `http://127.0.0.1:${proxy.port}`
    const people = await Promise.all(Array.from({ length: isFull ? 10 : 4 }, () => aPerson(trial, random.pick(urls))))
    let open = 0
    const followed = people.flatMap((person) =>
      Array.from({ length: 2 }, async () => {
        const content = `[[tokens ${isFull ? 300 : 150}]] [[pace 50]]`
        const { executionId } = await say(trial, person, person.at(random.pick(urls)), content)
        const onEvent = ({ seq }: { seq: number }) => {
          if (seq === 1) open += 1
          return false
        }
        await Promise.all(
          Array.from({ length: followers }, () =>
            followPlainly(trial, person, () => balanced, executionId, { until: onEvent }),
          ),
        )
      }),
    )
    const all = people.length * 2 * followers
    await until('all of them follow', () => open === all)
    proxy.cutAll()
    await sleep(random.int(0, 2000))
    proxy.cutAll()
    await Promise.all(followed)
  },
}
