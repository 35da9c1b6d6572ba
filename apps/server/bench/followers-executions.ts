import { call } from './post.ts'

/** A person's execution, to be followed with their token. */
export interface FollowedExecution {
  id: string
  token: string
}

/** An execution of each of so many new people, all asking the same. */
export async function beginExecutions(url: string, people: number, content: string): Promise<FollowedExecution[]> {
  const one = async () => {
    const post = (path: string, body: unknown, token?: string) =>
      call('POST', `${url}/api/v1${path}`, { body, ...(token !== undefined && { token }) })
    const account = { email: `${crypto.randomUUID()}@example.com`, password: 'a long password' }
    const { accessToken: token } = JSON.parse(await post('/auth/register', account)) as { accessToken: string }
    const { id } = JSON.parse(await post('/conversations', {}, token)) as { id: string }
    const sent = await post(`/conversations/${id}/messages`, { content }, token)
    return { id: (JSON.parse(sent) as { execution: { id: string } }).execution.id, token }
  }
  return Promise.all(Array.from({ length: people }, one))
}

export async function cancelExecutions(url: string, executions: readonly FollowedExecution[]): Promise<void> {
  const cancel = ({ id, token }: FollowedExecution) =>
    call('POST', `${url}/api/v1/executions/${id}/cancel`, { token, body: {} })
  await Promise.all(executions.map(cancel))
}
