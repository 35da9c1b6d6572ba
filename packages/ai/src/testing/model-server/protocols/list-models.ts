import type { IncomingHttpHeaders } from 'node:http'

/** The list of models in the words of the vendor that is asked: Anthropic's clients tell a version. */
export function listModels(ids: readonly string[], headers: IncomingHttpHeaders): object {
  if (headers['anthropic-version'] === undefined) {
    return { object: 'list', data: ids.map((id) => ({ id, object: 'model', created: 0, owned_by: 'model-server' })) }
  }
  const data = ids.map((id) => ({ type: 'model', id, display_name: id, created_at: '2026-01-01T00:00:00Z' }))
  return { data, has_more: false, first_id: ids[0] ?? null, last_id: ids.at(-1) ?? null }
}
