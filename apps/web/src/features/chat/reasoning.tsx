import { ChevronRight } from 'lucide-react'
import { t } from '../../i18n/t.ts'
import { Markdown } from '../../ui/markdown/markdown.tsx'

interface ReasoningProps {
  text: string
  streaming: boolean
}

/** What the model thought before it spoke, folded. */
export const Reasoning = ({ text, streaming }: ReasoningProps) => (
  <details className="group/reasoning my-2">
    <summary className="inline-flex min-h-8 touch:min-h-10 items-center gap-1.5 rounded-md text-sm text-muted transition-colors hover:text-fg [&::-webkit-details-marker]:hidden">
      <ChevronRight className="size-4 transition-transform group-open/reasoning:rotate-90" aria-hidden />
      {streaming ? t('chat.reasoningNow') : t('chat.reasoning')}
    </summary>
    <div className="mt-1 ml-2 border-l-2 border-line pl-4 text-muted [&_.markdown]:text-sm">
      <Markdown text={text} streaming={streaming} />
    </div>
  </details>
)
