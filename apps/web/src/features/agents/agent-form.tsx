import type { Model, Tool } from '@kickstartmyai/contract'
import { limits } from '@kickstartmyai/contract'
import type { ReactNode } from 'react'
import { t } from '../../i18n/t.ts'
import { Field } from '../../ui/field.tsx'
import { FormSection } from '../../ui/form-section.tsx'
import { Input, Textarea } from '../../ui/input.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { Select } from '../../ui/select.tsx'
import type { AgentDraft, DraftErrors } from './agent-draft.ts'
import { modelOptions } from './model-options.ts'
import { ToolGrants } from './tool-grants.tsx'

interface AgentFormProps {
  draft: AgentDraft
  errors: DraftErrors
  models: readonly Model[]
  tools: readonly Tool[]
  onChange: (change: Partial<AgentDraft>) => void
  onSubmit: () => void
  /** Below the fields: what can be done with them. */
  children: ReactNode
}

export function AgentForm({ draft, errors, models, tools, onChange, onSubmit, children }: AgentFormProps) {
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        onSubmit()
      }}
    >
      <FormSection title={t('agents.section.identity')} text={t('agents.sectionText.identity')}>
        <Field label={t('agents.name')} error={errors.name}>
          {(control) => (
            <Input
              {...control}
              value={draft.name}
              maxLength={limits.agentNameLength}
              placeholder={t('agents.namePlaceholder')}
              required
              onChange={(event) => onChange({ name: event.target.value })}
            />
          )}
        </Field>
        <Field label={t('agents.description')} hint={t('agents.descriptionHint')} error={errors.description}>
          {(control) => (
            <Input
              {...control}
              value={draft.description}
              maxLength={limits.agentDescriptionLength}
              onChange={(event) => onChange({ description: event.target.value })}
            />
          )}
        </Field>
        <Field label={t('agents.systemPrompt')} hint={t('agents.systemPromptHint')} error={errors.systemPrompt}>
          {(control) => (
            <Textarea
              {...control}
              className="field-sizing-content max-h-[50dvh] min-h-36"
              value={draft.systemPrompt}
              maxLength={limits.systemPromptLength}
              placeholder={t('agents.systemPromptPlaceholder')}
              onChange={(event) => onChange({ systemPrompt: event.target.value })}
            />
          )}
        </Field>
        <Segmented
          label={t('agents.status_')}
          value={draft.status}
          options={(['active', 'inactive', 'archived'] as const).map((value) => ({
            value,
            label: t(`agents.status.${value}`),
          }))}
          onChange={(status) => onChange({ status })}
        />
      </FormSection>

      <FormSection title={t('agents.section.model')} text={t('agents.sectionText.model')}>
        <Field label={t('agents.model')} error={errors.model}>
          {({ id }) => (
            <Select
              id={id}
              value={draft.model}
              options={modelOptions(models, draft.model)}
              onChange={(model) => onChange({ model })}
            />
          )}
        </Field>
        <div className="grid gap-4 sm:grid-cols-3">
          {(['temperature', 'maxTokens', 'maxIterations'] as const).map((field) => (
            <Field key={field} label={t(`agents.${field}`)} hint={t(`agents.${field}Hint`)} error={errors[field]}>
              {(control) => (
                <Input
                  {...control}
                  inputMode="decimal"
                  value={draft[field]}
                  onChange={(event) => onChange({ [field]: event.target.value })}
                />
              )}
            </Field>
          ))}
        </div>
      </FormSection>

      <FormSection title={t('agents.section.tools')} text={t('agents.sectionText.tools')} error={errors.tools}>
        <ToolGrants tools={tools} grants={draft.tools} onChange={(grants) => onChange({ tools: grants })} />
      </FormSection>
      {children}
    </form>
  )
}
