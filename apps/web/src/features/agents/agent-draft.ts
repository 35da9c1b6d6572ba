import { limits, type Agent, type CreateAgentInput, type ProviderName, type ToolPolicy } from '@kickstartmyai/contract'
import { t } from '../../i18n/t.ts'

/** An agent as the form holds it: numbers are texts, since a person types them. */
export interface AgentDraft {
  name: string
  description: string
  systemPrompt: string
  /** `provider/model`; empty: the server's default. */
  model: string
  temperature: string
  maxTokens: string
  maxIterations: string
  status: Agent['status']
  /** Tools that are not named are off. */
  tools: Readonly<Record<string, ToolPolicy>>
}

export type DraftErrors = Partial<Record<keyof AgentDraft, string>>

export const emptyDraft: AgentDraft = {
  name: '',
  description: '',
  systemPrompt: '',
  model: '',
  temperature: '',
  maxTokens: '',
  maxIterations: '10',
  status: 'active',
  tools: {},
}

export const modelKey = (provider: ProviderName | null, model: string | null): string =>
  provider === null ? '' : `${provider}/${model ?? ''}`

export function toDraft(agent: Agent): AgentDraft {
  return {
    name: agent.name,
    description: agent.description,
    systemPrompt: agent.systemPrompt ?? '',
    model: modelKey(agent.provider, agent.model),
    temperature: agent.temperature === null ? '' : String(agent.temperature),
    maxTokens: agent.maxTokens === null ? '' : String(agent.maxTokens),
    maxIterations: String(agent.maxIterations),
    status: agent.status,
    tools: Object.fromEntries(agent.tools.map(({ name, policy }) => [name, policy])),
  }
}

/** Whether two drafts would be stored alike. */
export const sameDraft = (a: AgentDraft, b: AgentDraft): boolean =>
  JSON.stringify(normal(a)) === JSON.stringify(normal(b))

const normal = (draft: AgentDraft) => ({
  ...draft,
  tools: granted(draft).toSorted((a, b) => a.name.localeCompare(b.name)),
})

const granted = (draft: AgentDraft) =>
  Object.entries(draft.tools).flatMap(([name, policy]) => (policy === 'off' ? [] : [{ name, policy }]))

/** What is wrong with a draft, by field; empty when nothing is. */
export function checkDraft(draft: AgentDraft): DraftErrors {
  const errors: DraftErrors = {}
  if (draft.name.trim() === '') errors.name = t('agents.needName')
  check('temperature', 0, 2)
  check('maxTokens', 1, limits.maxTokens)
  check('maxIterations', 1, limits.maxIterations)
  return errors

  function check(field: 'temperature' | 'maxTokens' | 'maxIterations', min: number, max: number) {
    const text = draft[field].trim()
    if (text === '' && field !== 'maxIterations') return
    const value = Number(text)
    const whole = field === 'temperature' || Number.isInteger(value)
    if (text === '' || !whole || !(value >= min && value <= max)) errors[field] = t('agents.range', { min, max })
  }
}

/** What the form decides; the rest of an agent stays as it is. */
export type AgentInput = Omit<CreateAgentInput, 'whenBusy'>

/** A checked draft as the server takes it. */
export function toInput(draft: AgentDraft): AgentInput {
  const slash = draft.model.indexOf('/')
  const numberOrNull = (text: string) => (text.trim() === '' ? null : Number(text))
  return {
    name: draft.name.trim(),
    description: draft.description.trim(),
    systemPrompt: draft.systemPrompt,
    provider: slash < 0 ? null : (draft.model.slice(0, slash) as ProviderName),
    model: slash < 0 ? null : draft.model.slice(slash + 1) || null,
    temperature: numberOrNull(draft.temperature),
    maxTokens: numberOrNull(draft.maxTokens),
    maxIterations: Number(draft.maxIterations),
    tools: granted(draft),
    status: draft.status,
  }
}

/** The server's complaints by field of the form: `tools.0.name` belongs to `tools`. */
export function toDraftErrors(issues: readonly { path: string; message: string }[]): DraftErrors {
  const known = (path: string): path is keyof AgentDraft => Object.hasOwn(emptyDraft, path)
  return Object.fromEntries(
    issues.flatMap(({ path, message }) => {
      const field = path.split('.')[0] ?? ''
      return known(field) ? [[field, message]] : []
    }),
  )
}
