import { useEffect, useRef, type ReactNode } from 'react'
import { errorText } from '../../i18n/error-text.ts'
import { t } from '../../i18n/t.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import type { AgentDraft, AgentInput } from './agent-draft.ts'
import { AgentForm } from './agent-form.tsx'
import { useAgentDraft } from './use-agent-draft.ts'
import { useModels, useTools } from './use-catalogue.ts'

interface AgentEditorProps {
  stored: AgentDraft
  isNew: boolean
  busy: boolean
  error: unknown
  onSave: (input: AgentInput) => void
  /** Told whenever there is something that would be lost. */
  onDirty: (dirty: boolean) => void
  /** Below the form. */
  children?: ReactNode
}

/** The form of an agent with its bar of actions, which stays in sight. */
export function AgentEditor({ stored, isNew, busy, error, onSave, onDirty, children }: AgentEditorProps) {
  const region = useRef<HTMLDivElement>(null)
  const { draft, errors, dirty, change, reset, submit } = useAgentDraft(stored, error)
  const models = useModels()
  const tools = useTools()
  useEffect(() => onDirty(dirty), [dirty, onDirty])

  const refusal = error && Object.keys(errors).length === 0 ? errorText(error) : null
  const save = () => {
    const input = submit()
    if (input) onSave(input)
    else requestAnimationFrame(() => region.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus())
  }

  return (
    <div ref={region}>
      <AgentForm draft={draft} errors={errors} models={models} tools={tools} onChange={change} onSubmit={save}>
        {refusal && (
          <ErrorNotice className="mb-4" title={refusal.title} reference={refusal.reference}>
            {refusal.text}
          </ErrorNotice>
        )}
        {(isNew || dirty || busy) && (
          <div className="sticky bottom-4 z-10 mb-7 flex items-center justify-end gap-2 rounded-lg bg-surface p-2 pl-4 shadow-float">
            <p className="min-w-0 flex-1 truncate text-sm text-muted" role="status">
              {dirty ? t('agents.unsaved') : ''}
            </p>
            {dirty && !isNew && (
              <Button variant="ghost" onClick={() => reset(stored)}>
                {t('agents.discard')}
              </Button>
            )}
            <Button type="submit" variant="primary" busy={busy}>
              {isNew ? t('agents.createAction') : t('agents.save')}
            </Button>
          </div>
        )}
      </AgentForm>
      {children}
    </div>
  )
}
