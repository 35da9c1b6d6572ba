import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Scenario } from '../scenario.ts'
import { aPerson, expectThat, follow, followPlainly, say } from '../trial.ts'

/** What a hundred readers who do not read may cost, in MB; if all was kept for them it would be more than 900. */
const mostMegabytes = 400

export const badReaders: Scenario = {
  name: 'slow-and-dead-readers',
  survives: 'readers that are slow or read nothing: the others hear the end no later, and memory stays bounded',
  trials: { quick: 1, full: 10 },
  world: 'own',
  // A small heap, so that garbage does not pass for what is kept.
  servers: { replicas: 1, env: { NODE_OPTIONS: '--max-old-space-size=192' } },
  isHeavy: true,
  async run(trial) {
    const { world, random } = trial
    const [server] = world.servers
    const person = await aPerson(trial, server!.url)
    const network = await world.proxy(server!.url)
    network.suffering = () => ({ bytesPerSecond: random.int(2_000_000, 4_000_000) })
    const slowly = `http://127.0.0.1:${network.port}`
    const { executionId } = await say(trial, person, person.at(server!.url), '[[tokens 60000]] [[pace 0]]')
    const before = megabytesOf(server!.pid)
    const dead = await Promise.all(
      Array.from({ length: 100 }, async () => openAndIgnore(server!.url, executionId, await person.token())),
    )
    const slow = Promise.all([
      follow(trial, person.at(slowly), executionId),
      followPlainly(trial, person, () => slowly, executionId),
    ])
    let isSlowDone = false
    void slow.then(() => (isSlowDone = true)).catch(() => {})
    let most = 0
    const watch = setInterval(() => (most = Math.max(most, megabytesOf(server!.pid))), 100)
    await follow(trial, person.at(server!.url), executionId)
    clearInterval(watch)
    expectThat(trial, 'the slow ones are still reading when the others have heard the end', !isSlowDone)
    const grown = Math.round(most - before)
    expectThat(trial, `the server grows by less than ${mostMegabytes} MB, it grew by ${grown}`, grown < mostMegabytes)
    await slow
    for (const socket of dead) socket.destroy()
    await sleep(100)
  },
}

/** Asks for an event stream, and never reads a byte of it. */
async function openAndIgnore(url: string, executionId: string, token: string): Promise<Socket> {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  await once(socket, 'connect')
  socket.pause()
  socket.on('error', () => {})
  socket.write(
    `GET /api/v1/executions/${executionId}/events HTTP/1.1\r\nHost: ${hostname}\r\nAuthorization: Bearer ${token}\r\n\r\n`,
  )
  return socket
}

/** The memory that a process holds now. */
function megabytesOf(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024
}
