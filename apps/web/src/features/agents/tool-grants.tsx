import type { Tool, ToolPolicy } from '@kickstartmyai/contract'
import { t } from '../../i18n/t.ts'
import { Segmented } from '../../ui/segmented.tsx'

interface ToolGrantsProps {
  tools: readonly Tool[]
  grants: Readonly<Record<string, ToolPolicy>>
  onChange: (grants: Readonly<Record<string, ToolPolicy>>) => void
}

const policies = ['off', 'ask', 'allow'] as const

/** Each tool with what it may do and whether this agent may use it. */
export function ToolGrants({ tools, grants, onChange }: ToolGrantsProps) {
  if (tools.length === 0) return <p className="text-sm text-muted">{t('agents.noToolsOffered')}</p>
  return (
    <ul className="divide-y divide-line overflow-hidden rounded-lg border border-line bg-surface">
      {tools.map((tool) => (
        <li key={tool.name} className="flex flex-col gap-3 p-4 sm:flex-row sm:items-center sm:justify-between">
          <div className="min-w-0">
            <p className="flex flex-wrap items-baseline gap-x-2 text-sm font-medium">
              {tool.title}
              <span className="text-xs font-normal text-subtle">{t(`agents.effect.${tool.effect}`)}</span>
            </p>
            <p className="mt-0.5 text-sm text-muted">{tool.description}</p>
          </div>
          <Segmented
            label={t('agents.policyOf', { tool: tool.title })}
            hideLabel
            className="shrink-0"
            value={grants[tool.name] ?? 'off'}
            options={policies.map((value) => ({ value, label: t(`agents.policy.${value}`) }))}
            onChange={(policy) => onChange({ ...grants, [tool.name]: policy })}
          />
        </li>
      ))}
    </ul>
  )
}
