import type { ApiKeyScope } from '@kickstartmyai/contract'

/** What a procedure declares about itself. Who may call it and where REST finds it are data, so that tests can list them. */
export interface Meta {
  /** `public`: anyone; `user`: a signed-in person; `admin`: one who runs the place. */
  access: 'public' | 'user' | 'admin'
  /** What an API key needs to get here. Left out: no key does. Says nothing of `public` ones. */
  scope?: ApiKeyScope
  /** Left out: the procedure is for tRPC alone. */
  rest?: RestMeta
}

export interface RestMeta {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Below /api/v1, with input fields in braces: `/agents/{agentId}`. */
  path: `/${string}`
  /** Whether the input of a DELETE is its body: what holds a secret must not stand in an address. */
  inBody?: true
  /** The status of success; 200 unless told. 204 sends no body. */
  status?: 200 | 201 | 202 | 204
  tag: string
  /** One line for the reference. */
  summary: string
}
