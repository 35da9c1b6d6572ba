import { Agent, type ClientRequest, request } from 'node:http'
import type { FollowedExecution } from './followers-executions.ts'
import { counter } from './post.ts'

const agent = new Agent({ maxSockets: Infinity })

/** Lets go of all connections. */
export const closeAgent = () => agent.destroy()

/** Opens followers, spread over the executions, and waits until each has heard something. */
export function openFollowers(
  url: string,
  executions: readonly FollowedExecution[],
  count: number,
  pathOf: (execution: FollowedExecution) => string,
  onEvent: () => void = () => {},
): Promise<ClientRequest[]> {
  const open = (execution: FollowedExecution) =>
    new Promise<ClientRequest>((resolve, reject) => {
      const headers = { authorization: `Bearer ${execution.token}`, accept: 'text/event-stream' }
      const stream = request(url + pathOf(execution), { agent, headers }, (response) => {
        if (response.statusCode !== 200) return reject(new Error(`a follower was refused: ${response.statusCode}`))
        const read = counter('"type":"text.delta"', onEvent)
        response.setEncoding('utf8')
        response.on('data', (text: string) => {
          read(text)
          resolve(stream)
        })
        response.on('error', () => {})
      })
      stream.on('error', reject)
      stream.end()
    })
  return Promise.all(
    Array.from({ length: count }, (_, index) => open(executions[index % executions.length] as FollowedExecution)),
  )
}
