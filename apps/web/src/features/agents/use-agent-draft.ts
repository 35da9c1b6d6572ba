import { useState } from 'react'
import { fieldIssues } from '../../i18n/error-text.ts'
import { checkDraft, sameDraft, toDraftErrors, toInput, type AgentDraft, type DraftErrors } from './agent-draft.ts'

interface DraftState {
  draft: AgentDraft
  errors: DraftErrors
  /** Whether it differs from what is stored. */
  dirty: boolean
  change: (change: Partial<AgentDraft>) => void
  reset: (draft: AgentDraft) => void
  /** The draft as the server takes it; null, with errors shown, when something is wrong. */
  submit: () => ReturnType<typeof toInput> | null
}

/** A form's draft: what was typed, what is wrong with it, and how it differs from what is stored. */
export function useAgentDraft(stored: AgentDraft, refusal: unknown): DraftState {
  const [draft, setDraft] = useState(stored)
  const [found, setFound] = useState<DraftErrors>({})
  const refused = toDraftErrors(Object.entries(fieldIssues(refusal)).map(([path, message]) => ({ path, message })))
  return {
    draft,
    errors: { ...refused, ...found },
    dirty: !sameDraft(draft, stored),
    change(part) {
      setDraft({ ...draft, ...part })
      setFound((old) => Object.fromEntries(Object.entries(old).filter(([field]) => !Object.hasOwn(part, field))))
    },
    reset(next) {
      setDraft(next)
      setFound({})
    },
    submit() {
      const errors = checkDraft(draft)
      setFound(errors)
      return Object.keys(errors).length > 0 ? null : toInput(draft)
    },
  }
}
