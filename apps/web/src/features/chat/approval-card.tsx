import { trpc } from '@kickstartmyai/client/react'
import type { ApprovalDecision, ExecutionId, StepId } from '@kickstartmyai/contract'
import { Hand } from 'lucide-react'
import { useId } from 'react'
import { errorText } from '../../i18n/error-text.ts'
import { t } from '../../i18n/t.ts'
import { Button } from '../../ui/button.tsx'
import { CodeBlock } from '../../ui/markdown/code-block.tsx'
import { toast } from '../../ui/toast.ts'

interface ApprovalCardProps {
  executionId: ExecutionId
  stepId: StepId
  /** The tool's name in plain words. */
  title: string
  input: unknown
}

/** A call that is held for the person: what would run, and their word about it. The decision shows when its event comes. */
export function ApprovalCard({ executionId, stepId, title, input }: ApprovalCardProps) {
  const heading = useId()
  const approve = trpc.executions.approve.useMutation({
    onError: (error) => toast(t('approval.failed'), { description: errorText(error).title }),
  })
  const decided = approve.isError ? undefined : approve.variables?.decision
  const decide = (decision: ApprovalDecision) => approve.mutate({ executionId, stepId, decision })

  return (
    <section aria-labelledby={heading} className="my-3 overflow-hidden rounded-lg border border-line-strong bg-surface">
      <h3 id={heading} className="flex min-h-11 items-center gap-2.5 px-3 text-sm font-medium">
        <Hand className="size-4 shrink-0 text-warn" aria-hidden />
        {t('approval.ask', { tool: title })}
      </h3>
      <div className="border-t border-line [&_figcaption]:border-0 [&_figure]:m-0 [&_figure]:rounded-none [&_figure]:border-0 [&_pre]:pt-0">
        <CodeBlock code={JSON.stringify(input ?? null, null, 2)} language="json" title={t('tool.input')} />
      </div>
      <div className="flex flex-wrap items-center justify-end gap-2 border-t border-line p-3">
        <p className="basis-full text-xs text-muted sm:basis-auto sm:flex-1">{t('approval.exactly')}</p>
        <Button
          variant="quietDanger"
          busy={decided === 'deny'}
          disabled={decided !== undefined}
          onClick={() => decide('deny')}
        >
          {t('approval.deny')}
        </Button>
        <Button
          variant="primary"
          busy={decided === 'approve'}
          disabled={decided !== undefined}
          onClick={() => decide('approve')}
        >
          {t('approval.approve')}
        </Button>
      </div>
    </section>
  )
}
