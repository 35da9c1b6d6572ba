import type { ListedProcedure } from '@kickstartmyai/api/testing'

export interface Reply {
  status: number
  /** As it came, but for the request's id. */
  body: string
}

type Fields = Record<string, unknown>

/** Calls a procedure over tRPC. */
export async function callTrpc(
  url: string,
  { name, type }: ListedProcedure,
  input: Fields | undefined,
  token: string | null,
) {
  const auth = token === null ? {} : { authorization: `Bearer ${token}` }
  if (type === 'subscription') {
    const query = new URLSearchParams({ input: JSON.stringify(input) })
    const response = await fetch(`${url}/trpc/${name}?${query.toString()}`, { headers: auth })
    const body = await response.text()
    // What a subscription is refused with is its first and last event.
    const refused = /"httpStatus":(\d+)/.exec(body)?.[1]
    return { status: refused ? Number(refused) : response.status, body: withoutId(body) }
  }
  const headers = { ...auth, 'content-type': 'application/json' }
  return reply(await fetch(`${url}/trpc/${name}`, { method: 'POST', headers, body: JSON.stringify(input ?? {}) }))
}

/** Calls a procedure over REST; undefined when it has no place there. */
export async function callRest(
  url: string,
  procedure: ListedProcedure,
  input: Fields | undefined,
  token: string | null,
) {
  const rest =
    procedure.name === 'executions.follow'
      ? { method: 'GET', path: '/executions/{executionId}/events' }
      : procedure.meta.rest
  if (!rest) return undefined
  const left = { ...input }
  const path = rest.path.replaceAll(/\{(\w+)\}/g, (_, field: string) => {
    const value = String(left[field])
    delete left[field]
    return encodeURIComponent(value)
  })
  const inBody = procedure.meta.rest?.inBody === true
  const inQuery = !inBody && (rest.method === 'GET' || rest.method === 'DELETE')
  const query = inQuery ? new URLSearchParams(Object.entries(left).map(([k, v]) => [k, String(v)])).toString() : ''
  const headers = {
    ...(token !== null && { authorization: `Bearer ${token}` }),
    ...(!inQuery && { 'content-type': 'application/json' }),
  }
  const address = `${url}/api/v1${path}${query === '' ? '' : `?${query}`}`
  return reply(await fetch(address, { method: rest.method, headers, ...(!inQuery && { body: JSON.stringify(left) }) }))
}

async function reply(response: Response): Promise<Reply> {
  return { status: response.status, body: withoutId(await response.text()) }
}

const withoutId = (body: string) => body.replaceAll(/"requestId":"[^"]*"/g, '"requestId":""')
